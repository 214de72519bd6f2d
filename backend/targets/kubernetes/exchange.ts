import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ClusterCredentials } from './clusterAccess.ts';

export interface Exchange {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** What one answer may hold: a page of 500 objects, generously. */
const ANSWER_LIMIT = 32 * 1024 * 1024;

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: ClusterCredentials;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** A kept connection that the server had closed already: nothing was asked. */
class StaleConnection extends Error {}

/** Sends one request and reads its answer whole; rejects with the failure of the connection, or the signal's reason. */
export async function exchange(url: URL, sent: Sent): Promise<Exchange> {
  try {
    return await exchangeOnce(url, sent);
  } catch (error) {
    if (!(error instanceof StaleConnection)) {
      throw error;
    }
    return exchangeOnce(url, sent);
  }
}

async function exchangeOnce(url: URL, { method, headers, credentials, body, signal }: Sent): Promise<Exchange> {
  signal.throwIfAborted();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = send(url, {
    method,
    headers: { ...headers, ...credentials.headers },
    ...(credentials.agent === undefined ? {} : { agent: credentials.agent }),
    signal,
  });
  outgoing.on('error', (error) => {
    const isStale = method === 'GET' && outgoing.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
    reject(isStale ? new StaleConnection('', { cause: error }) : error);
  });
  outgoing.on('response', resolve);
  outgoing.end(body);
  const incoming = await promise;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > ANSWER_LIMIT) {
      incoming.destroy();
      throw new Error(`the answer is longer than ${ANSWER_LIMIT} bytes`);
    }
    chunks.push(chunk);
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString('utf8') };
}
