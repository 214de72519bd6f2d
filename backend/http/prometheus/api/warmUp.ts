import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { LabelSet, MemorySamples } from '../../../promql/index.ts';
import type { NotedSource } from './apiRequest.ts';

const QUERIES = [
  'warm{instance="1"}',
  'warm{instance=~"1|2"}',
  'warm{instance=~"[12].?"} > bool 3',
  'sum by (instance) (rate(warm[5m]))',
  'max_over_time(warm[10m])',
  'quantile_over_time(0.9, warm[10m:1m]) or vector(1)',
  'topk(2, warm) / on (instance) group_left () (warm offset 5m)',
  'histogram_quantile(0.5, label_replace(warm, "le", "$1", "instance", "(.*)"))',
];
const ROUNDS = 4;
const SERIES = 5;
const STEP_SECONDS = 30;
const SHORT_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/** Times as long as those of the present, which are written digit by digit. */
const START_SECONDS = 1_767_225_600;

/**
 * Asks a few queries of made-up samples, so that the first real one need not wait until all on its way, from the router
 * to the answer's digits, is compiled; gives way to others after each, and ends early when aborted. `serve` makes the
 * routes over these samples, for nobody else.
 */
export async function warmUp(serve: (source: NotedSource) => FastifyInstance, signal: AbortSignal): Promise<void> {
  const app = serve(madeUpSamples());
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const query of QUERIES) {
        const range = { query, start: String(START_SECONDS), step: String(STEP_SECONDS) };
        await ask(app, 'query', { query, time: String(START_SECONDS + SHORT_SECONDS) }, signal);
        await ask(app, 'query_range', { ...range, end: String(START_SECONDS + SHORT_SECONDS) }, signal);
        await ask(
          app,
          'query_range',
          { ...range, query: QUERIES[0]!, end: String(START_SECONDS + DAY_SECONDS) },
          signal
        );
      }
    }
  } finally {
    await app.close();
  }
}

/** Has the server answer its own health check, since the first answer over a socket takes longer than later ones. */
export async function knock(server: Server): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    return;
  }
  const asked = get({ host: address.address, port: address.port, path: '/healthz', agent: false });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
}

async function ask(
  app: FastifyInstance,
  path: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal
): Promise<void> {
  await setImmediate();
  if (!signal.aborted) {
    await app.inject(`/prometheus/api/v1/${path}?${new URLSearchParams(parameters).toString()}`);
  }
}

function madeUpSamples(): NotedSource {
  const samples = new MemorySamples();
  const length = DAY_SECONDS / STEP_SECONDS + 1;
  const timestamps = Float64Array.from({ length }, (_, step) => (START_SECONDS + step * STEP_SECONDS) * 1000);
  for (let index = 0; index < SERIES; index++) {
    const labels = LabelSet.from({ __name__: 'warm', instance: String(index) });
    samples.store(labels, { timestamps, values: timestamps.map((_, step) => 100 + 50 * Math.sin(step + index)) });
  }
  return { select: (matchers, range) => samples.select(matchers, range), notices: () => [] };
}
