import { createServer, request, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  forecastResponseSchema,
  recommendationsResponseSchema,
  sparklinesResponseSchema,
  workloadsResponseSchema,
} from '../../contract/api.ts';

export interface LargeAnswers {
  readonly url: string;
  close(): void;
}

interface Size {
  readonly workloads: number;
  /** Instants of a forecast. */
  readonly times: number;
}

const FLEET = /\/sidecar\/api\/v1\/workloads$/;
const RECOMMENDATIONS = /\/sidecar\/api\/v1\/recommendations$/;
const SPARKLINES = /\/sidecar\/api\/v1\/sparklines$/;
const FORECAST = /\/sidecar\/api\/v1\/workloads\/[^/]+\/forecast$/;

/**
 * Stands before a sidecar and passes everything on; the fleet's answer is told with as many workloads as asked for, that of
 * recommendations with as many, and a forecast with as many instants, each made of what the sidecar says, by the contract's schemas, and compressed as it does.
 */
export async function startLargeAnswers(sidecar: string, size: Size): Promise<LargeAnswers> {
  const server = createServer((incoming, response) => {
    const asked = new URL(incoming.url ?? '/', sidecar);
    const { pathname } = asked;
    const copies = SPARKLINES.test(pathname) ? (asked.searchParams.get('workloads') ?? '').split(',') : [];
    if (copies.length > 0) {
      asked.searchParams.set('workloads', [...new Set(copies.map(originalOf))].join(','));
    }
    const enlarge = enlarged(pathname, size, copies);
    const headers: IncomingHttpHeaders = { ...incoming.headers, host: new URL(sidecar).host };
    if (enlarge !== undefined) {
      headers['accept-encoding'] = 'identity';
    }
    const passed = request(asked, { method: incoming.method, headers }, (answer) => {
      if (enlarge === undefined || answer.statusCode !== 200) {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        return;
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        sendJson(response, enlarge(Buffer.concat(parts).toString()));
      });
    });
    passed.on('error', () => response.writeHead(502).end());
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What makes an answer at an address large; undefined where it is passed on as it is. */
function enlarged(
  pathname: string,
  { workloads, times }: Size,
  copies: readonly string[]
): ((text: string) => string) | undefined {
  if (FLEET.test(pathname)) {
    return (text) => largeFleet(text, workloads);
  }
  if (RECOMMENDATIONS.test(pathname)) {
    return (text) => manyRecommendations(text, workloads);
  }
  if (FORECAST.test(pathname)) {
    return (text) => longForecast(text, times);
  }
  return copies.length > 0 ? (text) => copiedSparklines(text, copies) : undefined;
}

const compressed = new Map<string, Buffer>();

function sendJson(response: ServerResponse, text: string): void {
  const body = compressed.get(text) ?? gzipSync(text, { level: 1 });
  compressed.set(text, body);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-encoding': 'gzip',
    'content-length': body.length,
  });
  response.end(body);
}

function largeFleet(text: string, count: number): string {
  const { now, workloads } = workloadsResponseSchema.parse(JSON.parse(text));
  return JSON.stringify({
    now,
    workloads: Array.from({ length: count }, (_, index) => {
      const each = workloads[index % workloads.length]!;
      return { ...each, name: `${each.name}-${String(index)}` };
    }),
  });
}

function manyRecommendations(text: string, count: number): string {
  const { now, recommendations } = recommendationsResponseSchema.parse(JSON.parse(text));
  return JSON.stringify({
    now,
    recommendations: Array.from({ length: recommendations.length === 0 ? 0 : count }, (_, index) => {
      const each = recommendations[index % recommendations.length]!;
      return { ...each, id: `${each.id}-${String(index)}`, workload: `${each.workload}-${String(index)}` };
    }),
  });
}

/** The workload of which one of the large fleet is a copy. */
function originalOf(copy: string): string {
  return copy.slice(0, copy.lastIndexOf('-'));
}

function copiedSparklines(text: string, copies: readonly string[]): string {
  const { now, sparklines } = sparklinesResponseSchema.parse(JSON.parse(text));
  return JSON.stringify({
    now,
    sparklines: Object.fromEntries(copies.map((copy) => [copy, sparklines[originalOf(copy)] ?? null])),
  });
}

function longForecast(text: string, count: number): string {
  const forecast = forecastResponseSchema.parse(JSON.parse(text));
  const { times } = forecast;
  const first = times[0] ?? 0;
  const span = (times.at(-1) ?? first) - first;
  const places = Array.from({ length: count }, (_, index) => (index * (times.length - 1)) / (count - 1));
  const longer = (values: ReadonlyArray<number | null>) =>
    places.map((place, index) => {
      const value = values[Math.round(place)] ?? null;
      // A shiver, so that no two neighbours are the same line.
      return value === null ? null : value * (1 + 0.01 * Math.sin(index));
    });
  return JSON.stringify({
    ...forecast,
    times: places.map((_, index) => first + (span * index) / (count - 1)),
    values: forecast.values.map(longer),
    mean: longer(forecast.mean),
    actual: longer(forecast.actual),
    capacity: longer(forecast.capacity),
    shortfallProbability: longer(forecast.shortfallProbability).map((value) =>
      value === null ? null : Math.min(1, value)
    ),
    replicas: null,
  });
}
