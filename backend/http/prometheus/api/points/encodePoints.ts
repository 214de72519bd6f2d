import { formatSampleValue, formatTimestamp } from '../../../../promql/index.ts';
import { MOST_POINTS, pointText, pointTimes, pointValues, TEXT_AT, writePoints } from './pointKernel.ts';

/** A series' points, `[time,"value"],[time,"value"]`, as Prometheus writes them, in pieces. */
export function* encodePoints(timestamps: Float64Array, values: Float64Array): Generator<Buffer, undefined> {
  for (let from = 0; from < values.length; from += MOST_POINTS) {
    const count = Math.min(MOST_POINTS, values.length - from);
    pointTimes.set(timestamps.subarray(from, from + count));
    pointValues.set(values.subarray(from, from + count));
    let [at, next] = writePoints(0, count, TEXT_AT);
    while (next < count) {
      const text = `,[${formatTimestamp(pointTimes[next]!)},"${formatSampleValue(pointValues[next]!)}"]`;
      at += pointText.write(text, at, 'latin1');
      [at, next] = writePoints(next + 1, count, at);
    }
    // Each point has a comma before it, the first of the series none.
    yield Buffer.from(pointText.subarray(from === 0 ? TEXT_AT + 1 : TEXT_AT, at));
  }
  return undefined;
}
