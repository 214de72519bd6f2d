import { serviceMeter, type ServiceModel } from '../simulation/index.ts';

/** The 99th percentile of latency, in seconds, over the measured stretches of `demand`, `[row]`; null where none arrived. */
export function latencyOf(
  demand: Float64Array,
  readyAtRow: Int32Array,
  stepSeconds: number,
  model: ServiceModel | undefined
): number | null {
  if (model === undefined) {
    return null;
  }
  const meter = serviceMeter(model, stepSeconds);
  const ready = Float64Array.from(readyAtRow);
  for (let start = 0; start < demand.length;) {
    let end = start;
    while (end < demand.length && !Number.isNaN(demand[end]!)) {
      end++;
    }
    if (end > start) {
      meter.add(demand.subarray(start, end), ready.subarray(start, end));
    }
    start = end + 1;
  }
  return meter.outcome().latencySeconds?.p99 ?? null;
}
