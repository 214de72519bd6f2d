import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TargetFault } from '../../../exams/target.ts';

export interface Upstream {
  readonly url: string;
  /** Certificates, where it speaks TLS. */
  readonly agent?: Agent;
  /** Groups and versions that it serves under other names: `[['autoscaling/v2', 'autoscaling.exam.test/v2']]`. */
  readonly renamed: ReadonlyArray<readonly [from: string, to: string]>;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Asks the API server itself, under the names that it serves, and tells the answer under Kubernetes' own. */
export async function askUpstream(
  { url, agent, renamed }: Upstream,
  asked: { readonly method: string; readonly path: string; readonly type?: string; readonly body?: string }
): Promise<UpstreamAnswer> {
  const core = renamed.find(([from]) => from === 'v1')?.[1];
  if (core !== undefined && asked.path.split('?')[0] === '/api/v1') {
    // The machinery has no core group, and so no list of it.
    const resources = [{ name: 'pods' }, { name: 'pods/resize' }];
    const text = JSON.stringify({ kind: 'APIResourceList', groupVersion: 'v1', resources });
    return { status: 200, headers: { 'content-type': 'application/json' }, text };
  }
  // Nor has it `pods/resize`: the same patch goes to the pod.
  const plain =
    core === undefined
      ? asked.path
      : asked.path.replace('/api/v1/', `/apis/${core}/`).replace(/(\/pods\/[^/?]+)\/resize(?=\?|$)/, '$1');
  const path = renamed.reduce((at, [from, to]) => at.replace(`/apis/${from}/`, `/apis/${to}/`), plain);
  const body = renamed.reduce(
    (text, [from, to]) => text.replaceAll(`"apiVersion":"${from}"`, `"apiVersion":"${to}"`),
    asked.body ?? ''
  );
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = (url.startsWith('https') ? httpsRequest : httpRequest)(`${url}${path}`, {
    method: asked.method,
    headers: { 'content-type': asked.type ?? 'application/json', accept: 'application/json' },
    ...(agent === undefined ? {} : { agent }),
  });
  outgoing.on('error', reject);
  outgoing.on('response', resolve);
  outgoing.end(body);
  const incoming = await promise;
  const text = (await readAll(incoming)).toString();
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text: renamed.reduce((all, [from, to]) => all.replaceAll(`"${to}"`, `"${from}"`), text),
  };
}

export interface FaultyProxy {
  readonly url: string;
  fail(fault: TargetFault): void;
  heal(): void;
  /** Changes that went through and were made. */
  writes(): number;
  /** From now on only this token is believed. */
  believe(token: string): void;
  /** Method and path of everything that was asked. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

const GARBAGE: ReadonlyArray<readonly [type: string, text: string]> = [
  ['text/html', '<html><body>Sign in to continue</body></html>'],
  ['application/json', '{"kind":"HorizontalPodAutoscaler","metadata":{"name":"checkout","resourceV'],
  ['application/json', '[]'],
  ['application/json', 'null'],
  ['application/json', '{"metadata":{"name":"checkout","resourceVersion":"1"},"spec":"no"}'],
  ['application/json', '{"metadata":{"name":"checkout","resourceVersion":1},"spec":{}}'],
  ['application/json', '{"metadata":{"name":"another","resourceVersion":"1"},"spec":{"maxReplicas":5}}'],
  [
    'application/json',
    '{"metadata":{"name":"checkout","resourceVersion":"1"},"spec":{"maxReplicas":"many","replicas":"x"}}',
  ],
  ['application/json', ''],
];

/** A proxy before an API server that asks for a token, renames groups, and breaks in the ways that it is told to. */
export async function startFaultyProxy(upstream: Upstream, firstToken: string): Promise<FaultyProxy> {
  let token = firstToken;
  let fault: TargetFault | undefined;
  let writes = 0;
  let garbage = 0;
  const asked: string[] = [];

  const forward = async (request: IncomingMessage, body: string) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const answer = await askUpstream(upstream, {
      method,
      path,
      type: headers['content-type'] ?? 'application/json',
      body,
    });
    if (isChange(request) && answer.status < 300) {
      writes++;
    }
    return answer;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = (await readAll(request)).toString();
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const shown = request.headers.authorization ?? 'nothing';
    const isBelieved = shown === `Bearer ${token}`;
    const isWrite = request.method !== 'GET';
    switch (fault) {
      case 'slow':
        return;
      case 'unreachable':
        request.socket.destroy();
        return;
      case 'garbage': {
        const [type, text] = GARBAGE[garbage++ % GARBAGE.length]!;
        response.writeHead(200, { 'content-type': type }).end(text);
        return;
      }
      case 'failing':
        refuse(response, 500, 'InternalError', `etcdserver: request timed out for ${shown}`);
        return;
      case 'forbidden':
        refuse(response, 403, 'Forbidden', `user with ${shown} cannot do that`);
        return;
      case 'gone':
        refuse(response, 404, 'NotFound', 'horizontalpodautoscalers.autoscaling not found');
        return;
      case 'throttled':
        response.setHeader('retry-after', '7');
        refuse(response, 429, 'TooManyRequests', `too many requests of ${shown}`);
        return;
      case 'expired':
        refuse(response, 401, 'Unauthorized', `Unauthorized: ${shown}`);
        return;
      case 'invalid':
        if (isWrite) {
          refuse(response, 422, 'Invalid', `spec is invalid, said to ${shown}`);
          return;
        }
        break;
      case 'forgetful':
        if (isWrite) {
          const now = await askUpstream(upstream, { method: 'GET', path: (request.url ?? '').split('?')[0]! });
          relay(response, now);
          return;
        }
        break;
      case 'cut':
        if (isWrite) {
          await forward(request, body);
          request.socket.destroy();
          return;
        }
        break;
      case undefined:
        break;
    }
    if (!isBelieved) {
      refuse(response, 401, 'Unauthorized', 'Unauthorized');
      return;
    }
    relay(response, await forward(request, body));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      refuse(response, 502, 'BadGateway', `the proxy of the exam failed: ${String(error)}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail(next) {
      fault = next;
    },
    heal() {
      fault = undefined;
    },
    writes: () => writes,
    believe(next) {
      token = next;
    },
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isChange({ method, url = '' }: IncomingMessage): boolean {
  return method !== 'GET' && !url.includes('dryRun=All');
}

function relay(response: ServerResponse, { status, headers, text }: UpstreamAnswer): void {
  const kept = Object.entries(headers).filter(([name]) => name === 'content-type' || name === 'warning');
  response.writeHead(status, Object.fromEntries(kept) as Record<string, string>).end(text);
}

function refuse(response: ServerResponse, code: number, reason: string, message: string): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
