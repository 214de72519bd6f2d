import { t } from '../translations';
import type { FormatValue } from '../formatting/valueFormatter';
import type { Description } from './ChartDescription';
import type { Values } from './fan';
import { lastNumber } from './lastNumber';
import type { ChartLine } from './lines';

const MAX_ROWS = 24;

interface Subject {
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: FormatValue;
  readonly formatTime: (timeMs: number) => string;
}

/** Lines in words: the last value of each and its extremes, and at most 24 instants as a table. */
export function describeLines({ title, timesMs, lines, format, formatTime }: Subject): Description {
  const sentences = lines.map((line) => `${line.name}: ${extremes(line.values, format)}`);
  const rows = spread(timesMs.length).map((index) => [
    formatTime(timesMs[index] ?? 0),
    ...lines.map(({ values, interval }) =>
      interval === undefined
        ? format(values[index])
        : t('charts.lines.within', '{{value}} ({{lower}} to {{upper}})', {
            value: format(values[index]),
            lower: format(interval.lower[index]),
            upper: format(interval.upper[index]),
          })
    ),
  ]);
  return {
    summary: [title, ...sentences].join('. '),
    columns: [t('charts.table.time', 'Time'), ...lines.map(({ name }) => name)],
    rows,
  };
}

function extremes(values: Values, format: FormatValue): string {
  const known = values.filter((value): value is number => value !== null && value !== undefined);
  return known.length === 0
    ? t('charts.describe.nothing', 'no values in this range')
    : t('charts.lines.extremes', 'last {{last}}, between {{least}} and {{most}}', {
        last: format(lastNumber(values)),
        least: format(Math.min(...known)),
        most: format(Math.max(...known)),
      });
}

function spread(length: number): number[] {
  return length <= MAX_ROWS
    ? Array.from({ length }, (_, index) => index)
    : Array.from({ length: MAX_ROWS }, (_, row) => Math.round((row * (length - 1)) / (MAX_ROWS - 1)));
}
