import { seededRandom } from '../backend/random/index.ts';

export const SERIES_COUNT = 1000;
const STEP_SECONDS = 30;
/** 2026-01-01T00:00:00Z; a day from there. */
export const START_SECONDS = 1_767_225_600;
export const END_SECONDS = START_SECONDS + 86_400;

export interface BenchSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** A day and ten minutes of gauges every 30 s, as forecasts and utilisations look: a cycle with noise. */
export function benchSeries(): BenchSeries[] {
  const random = seededRandom(1);
  const length = (86_400 + 600) / STEP_SECONDS + 1;
  return Array.from({ length: SERIES_COUNT }, (_, index) => {
    const labels = { __name__: 'bench_gauge', instance: `i${String(index)}`, rack: `r${String(index % 20)}` };
    const first = START_SECONDS - 600;
    const timestamps = Float64Array.from({ length }, (_, step) => (first + step * STEP_SECONDS) * 1000);
    const values = Float64Array.from(
      { length },
      (_, step) => 100 + 50 * Math.sin(((step + index) * 2 * Math.PI) / 2880) + random()
    );
    return { labels, timestamps, values };
  });
}

/** The same in the text form that a Prometheus takes up. */
export function openMetrics(): string {
  const lines = ['# TYPE bench_gauge gauge'];
  for (const { labels, timestamps, values } of benchSeries()) {
    const name = `bench_gauge{instance="${labels['instance'] ?? ''}",rack="${labels['rack'] ?? ''}"}`;
    for (const [index, time] of timestamps.entries()) {
      lines.push(`${name} ${String(values[index])} ${String(time / 1000)}`);
    }
  }
  lines.push('# EOF\n');
  return lines.join('\n');
}
