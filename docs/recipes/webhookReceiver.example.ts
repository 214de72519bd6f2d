import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

/** What Headroom posts; the receiver keeps it for as long as it holds what was asked for. */
export interface HeadroomChange {
  readonly action: string;
  readonly fence: number;
  readonly workload: string;
  readonly restore: boolean;
  readonly floor: number;
  readonly utilization?: number;
  readonly original: { readonly floor: number; readonly utilization?: number };
  readonly holdUntil: string;
  readonly expectedVersion?: string;
}

/** Your autoscaler, as far as Headroom needs it. */
export interface Autoscaler {
  floor: number;
  utilization?: number;
  readonly ceiling: number;
  /** Changes whenever anybody writes. */
  version: number;
  /** The last change of Headroom's, until it is given back. Keep it where a restart does not lose it. */
  held?: HeadroomChange;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const TOLERANCE_SECONDS = 300;

/** A receiver of Headroom's changes: verified, made once, in order, and told back. */
export function webhookReceiver(scaler: Autoscaler, secret: string, nowSeconds = () => Date.now() / 1000): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = await readBody(request);
      const [status, answer] =
        body === undefined
          ? [413, {}]
          : isSigned(request.headers, body, secret, nowSeconds())
            ? answerTo(request, body, scaler)
            : [401, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })().catch(() => response.writeHead(400).end('{}'));
  });
}

function answerTo(request: IncomingMessage, body: string, scaler: Autoscaler): [number, unknown] {
  if (request.method === 'GET') {
    const { version, ...rest } = scaler;
    return [200, { ...rest, version: String(version) }];
  }
  const change = JSON.parse(body) as HeadroomChange;
  const isDryRun = new URL(request.url ?? '', 'http://receiver').searchParams.get('dryRun') === 'true';
  const { held } = scaler;
  // The same action again is a retry: it was made, so there is nothing to do and no reason to say no.
  if (held === undefined ? change.restore : held.action === change.action) {
    return [200, {}];
  }
  if (held !== undefined && change.fence < held.fence) {
    return [409, { code: 'fenced' }];
  }
  if (change.expectedVersion !== undefined && change.expectedVersion !== String(scaler.version)) {
    return [409, { code: 'conflict' }];
  }
  if (!Number.isSafeInteger(change.floor) || change.floor < change.original.floor || change.floor > scaler.ceiling) {
    return [422, { code: 'refused' }];
  }
  if (!isDryRun) {
    scaler.floor = change.floor;
    if (change.utilization !== undefined) {
      scaler.utilization = change.utilization;
    }
    if (change.restore) {
      delete scaler.held;
    } else {
      scaler.held = change;
    }
    scaler.version++;
  }
  return [200, {}];
}

/** `v1=<hex>` of HMAC-SHA-256 over `timestamp.body`, compared in constant time; old requests are replays. */
export function isSigned(
  headers: IncomingMessage['headers'],
  body: string,
  secret: string,
  nowSeconds: number
): boolean {
  const timestamp = String(headers['headroom-timestamp']);
  if (!/^\d+$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) {
    return false;
  }
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest();
  return String(headers['headroom-signature'])
    .split(',')
    .map((part) => /^v1=([0-9a-f]{64})$/.exec(part.trim())?.[1])
    .some((hex) => hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), expected));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
