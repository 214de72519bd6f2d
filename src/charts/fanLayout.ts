import type { AlignedData } from 'uplot';
import type { Fan, FanColors, FanPart, Values } from './fan';

/** One drawn line; `edge` lines have no stroke and only bound a band. */
export interface FanLine {
  readonly fanKey: string;
  readonly part: FanPart;
  readonly edge: 'lower' | 'upper' | null;
  readonly percent: number | null;
  readonly color: string;
}

/** A filled area between two lines, by their indices in the plot's series (0 is time). */
export interface FanArea {
  readonly upperIndex: number;
  readonly lowerIndex: number;
  readonly color: string;
}

export interface FanLayout {
  readonly lines: readonly FanLine[];
  readonly areas: readonly FanArea[];
  readonly data: AlignedData;
}

/**
 * What a chart of fans draws, and in which order: bands from wide to narrow below, capacity and plan,
 * then mean, median and what was measured on top. `hidden` holds parts as `fanKey/part`.
 */
export function fanLayout(
  timesMs: readonly number[],
  fans: readonly Fan[],
  colorsOf: (fan: Fan, index: number) => FanColors,
  hidden: ReadonlySet<string> = new Set()
): FanLayout {
  const lines: FanLine[] = [];
  const areas: FanArea[] = [];
  const columns: Values[] = [];
  const add = (line: FanLine, values: Values) => {
    lines.push(line);
    columns.push(values);
    return lines.length;
  };

  fans.forEach((fan, index) => {
    const colors = colorsOf(fan, index);
    const isShown = (part: FanPart) => !hidden.has(partKey(fan.key, part));
    if (!isShown('bands')) {
      return;
    }
    for (const { percent, lower, upper } of [...fan.bands].sort((a, b) => b.percent - a.percent)) {
      const edge = { fanKey: fan.key, part: 'bands', percent, color: colors.forecast } as const;
      const upperIndex = add({ ...edge, edge: 'upper' }, upper);
      const lowerIndex = add({ ...edge, edge: 'lower' }, lower);
      areas.push({ upperIndex, lowerIndex, color: colors.forecast });
    }
  });
  fans.forEach((fan, index) => {
    const colors = colorsOf(fan, index);
    const parts = [
      ['capacity', fan.capacity, colors.capacity],
      ['plan', fan.plan, colors.plan],
      ['mean', fan.mean, colors.forecast],
      ['median', fan.median, colors.forecast],
      ['actual', fan.actual, colors.actual],
    ] as const;
    for (const [part, values, color] of parts) {
      if (values !== undefined && !hidden.has(partKey(fan.key, part))) {
        add({ fanKey: fan.key, part, edge: null, percent: null, color }, values);
      }
    }
  });
  return { lines, areas, data: [timesMs, ...columns] as unknown as AlignedData };
}

/** The name of a part of a fan, as legends switch it off. */
export function partKey(fanKey: string, part: FanPart): string {
  return `${fanKey}/${part}`;
}

/** What a plot must be built anew for; the same text means that only numbers changed. */
export function layoutKey({ lines }: FanLayout): string {
  return lines
    .map(({ fanKey, part, edge, percent, color }) => [fanKey, part, edge, percent, color].join('|'))
    .join('\n');
}
