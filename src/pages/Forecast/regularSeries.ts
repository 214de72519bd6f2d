import { FieldType, getFieldDisplayName, type DataFrame } from '@grafana/data';

/** Numbers on an even grid of time; null where nothing was measured. */
export interface RegularSeries {
  readonly name: string;
  readonly unit: string;
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: ReadonlyArray<number | null>;
}

const MOST_VALUES = 20_000;

/** Every number over time in the frames of a data source, each on the grid of its own most common spacing. */
export function regularSeriesOf(frames: readonly DataFrame[]): RegularSeries[] {
  return frames.flatMap((frame) => {
    const time = frame.fields.find((field) => field.type === FieldType.time);
    if (time === undefined) {
      return [];
    }
    return frame.fields
      .filter((field) => field.type === FieldType.number)
      .flatMap((field) => {
        const name = getFieldDisplayName(field, frame, [...frames]);
        const regular = onGrid(time.values as readonly number[], field.values as ReadonlyArray<number | null>);
        return regular === null ? [] : [{ name, unit: field.config.unit ?? field.labels?.unit ?? '', ...regular }];
      });
  });
}

/**
 * Values at uneven times (epoch milliseconds) on an even grid: each falls on the nearest instant, of
 * two at one instant the later one holds. Null where fewer than two instants carry a number.
 */
export function onGrid(
  timesMs: readonly number[],
  values: ReadonlyArray<number | null | undefined>
): Pick<RegularSeries, 'startSeconds' | 'stepSeconds' | 'values'> | null {
  const samples = timesMs
    .map((timeMs, index) => ({ seconds: timeMs / 1000, value: values[index] }))
    .filter(
      (sample): sample is { seconds: number; value: number } =>
        Number.isFinite(sample.seconds) && typeof sample.value === 'number' && Number.isFinite(sample.value)
    )
    .sort((a, b) => a.seconds - b.seconds);
  const stepSeconds = mostCommonStep(samples.map(({ seconds }) => seconds));
  const last = samples.at(-1);
  if (stepSeconds === null || last === undefined) {
    return null;
  }
  const endSeconds = Math.round(last.seconds / stepSeconds) * stepSeconds;
  const first = samples[0]?.seconds ?? endSeconds;
  const length = Math.min(Math.round((endSeconds - first) / stepSeconds) + 1, MOST_VALUES);
  const startSeconds = endSeconds - (length - 1) * stepSeconds;
  const grid = new Array<number | null>(length).fill(null);
  for (const { seconds, value } of samples) {
    const index = Math.round((seconds - startSeconds) / stepSeconds);
    if (index >= 0 && index < length) {
      grid[index] = value;
    }
  }
  return { startSeconds, stepSeconds, values: grid };
}

/** The spacing, in whole seconds, that occurs most; the shorter of two that occur alike. */
function mostCommonStep(ascending: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (let index = 1; index < ascending.length; index++) {
    const step = Math.round((ascending[index] ?? 0) - (ascending[index - 1] ?? 0));
    if (step > 0) {
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  }
  let best: { readonly step: number; readonly count: number } | null = null;
  for (const [step, count] of counts) {
    if (best === null || count > best.count || (count === best.count && step < best.step)) {
      best = { step, count };
    }
  }
  return best?.step ?? null;
}
