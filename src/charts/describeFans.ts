import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { t } from '../translations';
import type { FormatValue } from '../formatting/valueFormatter';
import type { Description } from './ChartDescription';
import type { Fan, Values } from './fan';
import { lastNumber } from './lastNumber';
import { partLabel } from './partLabel';

const MAX_ROWS = 24;

interface Subject {
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly fans: readonly Fan[];
  readonly nowMs: number | null;
  readonly format: FormatValue;
  readonly timeZone: TimeZone;
  /** What happened beside it, each in words. */
  readonly marks?: readonly string[];
}

/** A chart of fans in words: one sentence for each fan, and at most 24 instants of it as a table. */
export function describeFans({ title, timesMs, fans, nowMs, format, timeZone, marks = [] }: Subject): Description {
  const sentences = fans.map((fan) => sentenceOf(fan, timesMs, nowMs, format));
  const columns = [t('charts.table.time', 'Time')];
  const readers: Array<(index: number) => string> = [];
  for (const fan of fans) {
    const name = (label: string) => (fans.length > 1 ? `${fan.name}: ${label}` : label);
    for (const part of ['actual', 'median', 'mean', 'capacity', 'plan'] as const) {
      const values = fan[part];
      if (values !== undefined) {
        columns.push(name(partLabel(part)));
        readers.push((index) => format(values[index]));
      }
    }
    for (const { percent, lower, upper } of fan.bands) {
      columns.push(name(partLabel('bands', percent)));
      readers.push((index) =>
        isNumber(lower[index]) && isNumber(upper[index]) ? `${format(lower[index])} – ${format(upper[index])}` : '–'
      );
    }
  }
  const rows = spread(timesMs.length, MAX_ROWS).map((index) => [
    dateTimeFormat(timesMs[index] ?? 0, { timeZone }),
    ...readers.map((read) => read(index)),
  ]);
  return { summary: [title, ...sentences, ...marks].join('. '), columns, rows };
}

function sentenceOf(fan: Fan, timesMs: readonly number[], nowMs: number | null, format: FormatValue): string {
  const parts: string[] = [];
  const actual = lastNumber(fan.actual);
  if (actual !== null) {
    parts.push(t('charts.describe.actual', 'last measured {{value}}', { value: format(actual) }));
  }
  const widest = fan.bands.reduce<Fan['bands'][number] | undefined>(
    (most, band) => (most === undefined || band.percent > most.percent ? band : most),
    undefined
  );
  const peak = highest(fan.median ?? fan.mean, timesMs, nowMs);
  if (peak !== undefined) {
    parts.push(t('charts.describe.peak', 'forecast to reach {{value}}', { value: format(peak) }));
  }
  const reach = highest(widest?.upper, timesMs, nowMs);
  if (widest !== undefined && reach !== undefined) {
    parts.push(
      t('charts.describe.reach', 'upper edge of the {{percent}}% band up to {{value}}', {
        percent: widest.percent,
        value: format(reach),
      })
    );
  }
  const capacity = lastNumber(fan.capacity);
  if (capacity !== null) {
    parts.push(t('charts.describe.capacity', 'capacity {{value}}', { value: format(capacity) }));
  }
  const planned = highest(fan.plan, timesMs, nowMs);
  if (planned !== undefined) {
    parts.push(t('charts.describe.plan', 'planned up to {{value}}', { value: format(planned) }));
  }
  return `${fan.name}: ${parts.length === 0 ? t('charts.describe.nothing', 'no values in this range') : parts.join(', ')}`;
}

function highest(values: Values | undefined, timesMs: readonly number[], nowMs: number | null): number | undefined {
  return values?.reduce<number | undefined>(
    (most, value, index) =>
      isNumber(value) && (nowMs === null || (timesMs[index] ?? 0) >= nowMs) && (most === undefined || value > most)
        ? value
        : most,
    undefined
  );
}

/** At most `most` indices, evenly spread over 0..length-1, both ends among them. */
function spread(length: number, most: number): number[] {
  if (length <= most) {
    return Array.from({ length }, (_, index) => index);
  }
  return Array.from({ length: most }, (_, row) => Math.round((row * (length - 1)) / (most - 1)));
}

function isNumber(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
