import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookReceiver, type Autoscaler } from '../../../docs/recipes/webhookReceiver.example.ts';
import type { TargetEntry } from '../../../contract/index.ts';
import type { TargetFault, TargetSubject } from '../../exams/target.ts';
import type { TargetDeps } from '../targetDeps.ts';
import { WebhookTarget } from './webhookTarget.ts';

export const NOW = 1_800_000_000;
export const SECRET = 'whsec-0123456789abcdef';
export const TOKEN = 'token-fedcba9876543210';

type WebhookEntry = Extract<TargetEntry, { kind: 'webhook' }>;

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** Dependencies of a target under test: waits are noted, not waited. */
export function webhookDeps(): TargetDeps & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    env: { WEBHOOK_SECRET: SECRET, WEBHOOK_TOKEN: TOKEN },
    nowSeconds: () => NOW,
    random: () => 0.5,
    sleep: (seconds, signal) => {
      waits.push(seconds);
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
    waits,
  };
}

type Misbehaviour = (response: ServerResponse, request: IncomingMessage) => void;

const saying =
  (status: number, headers: Readonly<Record<string, string>> = {}): Misbehaviour =>
  (response) => {
    response.writeHead(status, headers).end(JSON.stringify({ error: `no, ${SECRET} ${TOKEN}` }));
  };

const FAULTS: Readonly<Record<Exclude<TargetFault, 'cut'>, Misbehaviour>> = {
  garbage: (response) => response.writeHead(200).end(`<html>${SECRET}`),
  failing: saying(500),
  forbidden: saying(403),
  expired: saying(401),
  invalid: saying(422),
  throttled: saying(429, { 'retry-after': '1' }),
  slow: () => undefined,
  gone: saying(404),
  unreachable: (response) => response.socket?.destroy(),
  forgetful: saying(200),
};

const READS_WORK: ReadonlySet<TargetFault> = new Set(['invalid', 'forgetful', 'cut']);

/** The receiver of docs/recipes with an autoscaler of its own, which can be made to misbehave. */
export async function webhookWorld(
  entry: Partial<WebhookEntry> & { readonly isRead: boolean }
): Promise<TargetSubject & { readonly scaler: Autoscaler; readonly sent: Sent[] }> {
  const { isRead, ...more } = entry;
  const scaler: Autoscaler = { floor: 2, ceiling: 30, version: 1, ...(isRead ? { utilization: 0.7 } : {}) };
  const receiver = webhookReceiver(scaler, SECRET, () => NOW);
  const sent: Sent[] = [];
  let fault: TargetFault | undefined;
  let touches = 0;
  const listener: RequestListener = (request, response) => {
    sent.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    if (fault === undefined || (request.method === 'GET' && READS_WORK.has(fault))) {
      receiver.emit('request', request, response);
    } else if (fault === 'cut') {
      response.writeHead = () => {
        request.socket.destroy();
        return response;
      };
      receiver.emit('request', request, response);
    } else {
      FAULTS[fault](response, request);
    }
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fields = () => ({ floor: scaler.floor, utilization: scaler.utilization ?? null });
  return {
    scaler,
    sent,
    open: ({ timeoutSeconds } = {}) =>
      Promise.resolve(
        new WebhookTarget(
          {
            workload: 'checkout',
            entry: {
              kind: 'webhook',
              url: `${url}/scale/hook-path-secret?key=query-secret`,
              secretEnv: 'WEBHOOK_SECRET',
              tokenEnv: 'WEBHOOK_TOKEN',
              ...(isRead ? { read: { url: `${url}/state` } } : {}),
              ...(timeoutSeconds === undefined ? {} : { timeout: `${timeoutSeconds * 1000}ms` }),
              ...more,
            },
            min: 2,
            max: 30,
          },
          webhookDeps()
        )
      ),
    original: { floor: 2, ...(isRead ? { utilization: 0.7 } : {}) },
    ceiling: 30,
    secrets: [SECRET, TOKEN, 'hook-path-secret', 'query-secret'],
    world: {
      fields: () => Promise.resolve(fields()),
      whole: () => Promise.resolve({ ...fields(), held: structuredClone(scaler.held) }),
      writes: () => Promise.resolve(scaler.version - 1 - touches),
      touch: () => {
        scaler.version++;
        touches++;
        return Promise.resolve();
      },
      setByHand: (floor) => {
        scaler.floor = floor;
        scaler.version++;
        return Promise.resolve();
      },
      fail: (next) => {
        fault = next;
        return Promise.resolve();
      },
      heal: () => {
        fault = undefined;
        return Promise.resolve();
      },
    },
    dispose: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
