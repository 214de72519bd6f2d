import type { NeedPaths } from './needPaths.ts';

const MAX_CELLS = 2 ** 16;

/** How counts of replicas fall into the cells of a histogram: cell k holds (least + (k - 1) * unit, least + k * unit]. */
export interface NeedScale {
  readonly least: number;
  /** 1 but where there are more counts than a histogram holds; counts are then rounded up to multiples of it. */
  readonly unit: number;
  /** The last cell also holds what is above the most that can be given: then all of it is asked for. */
  readonly cellCount: number;
}

/** The scale of needs between `min` and `max`, no longer than the needs reach. */
export function needScale(futures: readonly NeedPaths[], min: number, max: number): NeedScale {
  let largest = min;
  for (const { needs } of futures) {
    for (let i = 0; i < needs.length; i++) {
      const need = needs[i]!;
      largest = need > largest ? need : largest;
    }
  }
  const span = Math.min(max, largest) - min;
  const unit = Math.max(1, Math.ceil(span / MAX_CELLS));
  return { least: min, unit, cellCount: Math.ceil(span / unit) + 1 };
}

/** The cell of one need. */
export function needCell({ least, unit, cellCount }: NeedScale, need: number): number {
  const cell = need <= least ? 0 : Math.ceil((need - least) / unit);
  return cell < cellCount ? cell : cellCount - 1;
}

/** The replicas that cell `cell` asks for, never above `max`. */
export function cellReplicas({ least, unit }: NeedScale, cell: number, max: number): number {
  return Math.min(max, least + cell * unit);
}
