import { labelsKey, type Labels } from '../../timeseries/index.ts';
import type { GrafanaFrame } from './grafanaAnswer.ts';

/** Samples of one series, as they came. */
export interface FrameSeries {
  readonly labels: Labels;
  readonly timesSeconds: number[];
  /** NaN where the frame has null. */
  readonly values: number[];
}

/** A frame's series, or why it holds none, in words. */
export type FrameReading =
  | { readonly kind: 'series'; readonly series: readonly FrameSeries[] }
  | { readonly kind: 'unreadable'; readonly problem: string };

/**
 * Reads a data frame: one time field, and each number field a series with its labels. Text fields beside them (long
 * format) become labels, so that rows of different text are different series. Rows without a time are skipped.
 *
 * Source: Grafana's data plane contract, "Time series" (wide, multi and long).
 */
export function frameSeries(frame: GrafanaFrame): FrameReading {
  const { fields } = frame.schema;
  const columns = frame.data?.values ?? [];
  const timeIndex = fields.findIndex(({ type }) => type === 'time');
  const numberIndexes = indexesOf(fields, 'number');
  if (fields.length === 0 || columns.every((column) => column.length === 0)) {
    return { kind: 'series', series: [] };
  }
  if (columns.length !== fields.length || columns.some((column) => column.length !== columns[0]!.length)) {
    return { kind: 'unreadable', problem: 'the columns of a frame differ in length' };
  }
  if (timeIndex < 0 || numberIndexes.length === 0) {
    const types = fields.map(({ name, type }) => `${name} (${type})`).join(', ');
    return { kind: 'unreadable', problem: `it needs a time and a number field, and has ${types}` };
  }
  const textIndexes = indexesOf(fields, 'string');
  const series = new Map<string, FrameSeries>();
  for (const numberIndex of numberIndexes) {
    const field = fields[numberIndex]!;
    const fieldLabels = { ...nameLabel(field.name, numberIndexes.length), ...field.labels };
    for (let row = 0; row < columns[timeIndex]!.length; row++) {
      const time = columns[timeIndex]![row];
      const value = columns[numberIndex]![row];
      if (time === null) {
        continue;
      }
      if (typeof time !== 'number' || (value !== null && typeof value !== 'number')) {
        return { kind: 'unreadable', problem: `row ${row + 1} of field ${field.name} is no time with a number` };
      }
      const texts = textIndexes.map((index) => [fields[index]!.name, textOf(columns[index]![row])] as const);
      const labels: Labels = texts.length === 0 ? fieldLabels : { ...fieldLabels, ...Object.fromEntries(texts) };
      const key = texts.length === 0 ? String(numberIndex) : `${numberIndex} ${labelsKey(labels)}`;
      let one = series.get(key);
      if (one === undefined) {
        one = { labels, timesSeconds: [], values: [] };
        series.set(key, one);
      }
      one.timesSeconds.push(time / 1000);
      one.values.push(value ?? Number.NaN);
    }
  }
  return { kind: 'series', series: [...series.values()] };
}

function indexesOf(fields: ReadonlyArray<{ readonly type: string }>, type: string): number[] {
  return fields.flatMap((field, index) => (field.type === type ? [index] : []));
}

/** Only where there are several is a number field's name what tells its series from the others. */
function nameLabel(name: string, numberFieldCount: number): Labels {
  return numberFieldCount > 1 ? { __name__: name } : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}
