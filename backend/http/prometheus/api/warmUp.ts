import { setImmediate } from 'node:timers/promises';
import { LabelSet, MemorySamples } from '../../../promql/index.ts';
import { sendableSize, type ApiRequest } from './apiRequest.ts';
import { Parameters } from './parameters.ts';
import { query, queryRange } from './queryEndpoints.ts';
import { QueryGate } from './queryGate.ts';

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
const STEP_SECONDS = 60;
const STEPS = 60;

/**
 * Asks a few queries of made-up samples, so that the first real one need not wait until the parser and the evaluator are
 * compiled; gives way to others after each, and ends early when aborted.
 */
export async function warmUp(signal: AbortSignal): Promise<void> {
  const source = madeUpSamples();
  const gate = new QueryGate();
  for (let round = 0; round < ROUNDS; round++) {
    for (const text of QUERIES) {
      await setImmediate();
      if (signal.aborted) {
        return;
      }
      const request = (parameters: Readonly<Record<string, string>>): ApiRequest => ({
        parameters: new Parameters('', new URLSearchParams({ query: text, ...parameters }).toString()),
        signal,
        nowMs: 0,
        gate,
        source,
      });
      const end = String(STEPS * STEP_SECONDS);
      sendableSize(await query(request({ time: end })));
      sendableSize(await queryRange(request({ start: '0', end, step: String(STEP_SECONDS) })));
    }
  }
}

function madeUpSamples(): ApiRequest['source'] {
  const samples = new MemorySamples();
  const timestamps = Float64Array.from({ length: STEPS }, (_, step) => step * STEP_SECONDS * 1000);
  for (let index = 0; index < SERIES; index++) {
    const labels = LabelSet.from({ __name__: 'warm', instance: String(index) });
    samples.store(labels, { timestamps, values: timestamps.map((_, step) => (step % 7) + index / 3) });
  }
  return { select: (matchers, range) => samples.select(matchers, range), notices: () => [] };
}
