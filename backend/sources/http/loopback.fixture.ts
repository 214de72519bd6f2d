import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SourceDeps } from '../sourceDeps.ts';

/** An HTTP server on a free loopback port, with the requests that it got. */
export interface Loopback {
  readonly url: string;
  readonly requests: Array<{
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }>;
  close(): Promise<void>;
}

export type LoopbackAnswer = (body: string, response: ServerResponse, request: IncomingMessage) => void;

/** Starts a server whose requests `answer` in turn; the last answer goes on for all that follow. */
export async function loopback(...answers: readonly LoopbackAnswer[]): Promise<Loopback> {
  const requests: Loopback['requests'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      answer?.(body, response, request);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** An answer of status and JSON (or, given text, that text). */
export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {}
): LoopbackAnswer {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** Dependencies of a source under test: waits are noted, not waited. */
export function testDeps(env: SourceDeps['env'] = {}): SourceDeps & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    env,
    nowSeconds: () => 1_800_000_000,
    random: () => 0.5,
    sleep: (seconds, signal) => {
      waits.push(seconds);
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
    waits,
  };
}
