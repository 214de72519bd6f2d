import type { QueryTestSeries } from './promqlQuery.ts';

/** Series in the OpenMetrics text form, as `startPrometheus` takes them. */
export function openMetrics(series: readonly QueryTestSeries[]): string {
  const families = new Map<string, string[]>();
  for (const { labels, timestamps, values } of series) {
    const { __name__: name = '', ...rest } = labels;
    const written = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
    const lines = families.get(name) ?? [`# TYPE ${name} unknown`];
    families.set(name, lines);
    for (const [i, time] of timestamps.entries()) {
      lines.push(`${name}{${written.join(',')}} ${String(values[i])} ${String(time / 1000)}`);
    }
  }
  return [...families.values()].flat().concat('# EOF\n').join('\n');
}
