import { FieldType, outerJoinDataFrames, type DataFrame, type Field, type LinkModel } from '@grafana/data';
import type { ShortfallTimelineOptions } from './options';

/** One row of the fleet: the highest of its series at each time; null where none has a number. */
export interface TimelineRow {
  readonly name: string;
  readonly values: ReadonlyArray<number | null>;
  /** The highest, and when; null where there is no number at all. */
  readonly peak: { readonly value: number; readonly timeMs: number } | null;
  /** When it first reaches the threshold, from `fromMs` on. */
  readonly shortAtMs: number | null;
  /** The field that writes and colours its values, and has its data links. */
  readonly field: Field;
  readonly link: LinkModel<Field> | null;
}

export interface Timeline {
  readonly timesMs: readonly number[];
  readonly rows: readonly TimelineRow[];
}

type RowOptions = Pick<ShortfallTimelineOptions, 'rowLabel' | 'order' | 'threshold'>;

/** The results of all queries as rows over one time axis; null without time or numbers. `fromMs` is where urgency begins to count. */
export function timelineRows(frames: readonly DataFrame[], options: RowOptions, fromMs: number): Timeline | null {
  const joined = outerJoinDataFrames({ frames: [...frames], keepDisplayNames: true, keepOriginIndices: true });
  const time = joined?.fields.find(({ type }) => type === FieldType.time);
  const numbers = joined?.fields.filter(({ type }) => type === FieldType.number) ?? [];
  if (time === undefined || numbers.length === 0) {
    return null;
  }
  const timesMs = time.values as number[];
  const groups = new Map<string, Field[]>();
  for (const field of numbers) {
    const name = field.labels?.[options.rowLabel] ?? field.state?.displayName ?? field.name;
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  const rows = [...groups].map(([name, fields]) => rowOf(name, fields, timesMs, options.threshold, fromMs));
  return { timesMs, rows: rows.sort(options.order === 'name' ? byName : byUrgency) };
}

function rowOf(
  name: string,
  fields: readonly Field[],
  timesMs: readonly number[],
  threshold: number,
  fromMs: number
): TimelineRow {
  const values = timesMs.map((_, index) => highestAt(fields, index));
  let peak: TimelineRow['peak'] = null;
  let shortAtMs: number | null = null;
  values.forEach((value, index) => {
    const timeMs = timesMs[index] ?? 0;
    if (value !== null && (peak === null || value > peak.value)) {
      peak = { value, timeMs };
    }
    if (value !== null && value >= threshold && timeMs >= fromMs) {
      shortAtMs ??= timeMs;
    }
  });
  const field = fields[0]!;
  return { name, values, peak, shortAtMs, field, link: field.getLinks?.({ valueRowIndex: 0 })[0] ?? null };
}

function highestAt(fields: readonly Field[], index: number): number | null {
  let highest: number | null = null;
  for (const { values } of fields) {
    const value = values[index] as number | null | undefined;
    if (value !== null && value !== undefined && Number.isFinite(value)) {
      highest = Math.max(highest ?? value, value);
    }
  }
  return highest;
}

function byName(a: TimelineRow, b: TimelineRow): number {
  return a.name.localeCompare(b.name);
}

function byUrgency(a: TimelineRow, b: TimelineRow): number {
  return firstOf(a) - firstOf(b) || (b.peak?.value ?? -1) - (a.peak?.value ?? -1) || byName(a, b);
}

function firstOf({ shortAtMs }: TimelineRow): number {
  return shortAtMs ?? Number.MAX_SAFE_INTEGER;
}
