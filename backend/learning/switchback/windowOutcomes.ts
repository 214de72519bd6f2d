import { timeAt, type Series } from '../../timeseries/index.ts';
import type { WindowOutcomes } from './judgeSwitchback.ts';
import type { SwitchbackDesign } from './switchbackDesign.ts';

/** A part of a window without so large a share of its steps is missing. */
const LEAST_SHARE = 0.5;

/** Means of what was measured in each window after its burn-in, whole and by halves; NaN where too much is missing. */
export function windowOutcomes(design: SwitchbackDesign, outcome: Series): WindowOutcomes {
  const { arms, startSeconds, windowSeconds, burnInSeconds } = design;
  const part = (from: number, to: number): Float64Array =>
    Float64Array.from(arms, (_, window) => {
      const outset = startSeconds + window * windowSeconds;
      return meanBetween(outcome, outset + from, outset + to);
    });
  const middle = (burnInSeconds + windowSeconds) / 2;
  return {
    whole: part(burnInSeconds, windowSeconds),
    early: part(burnInSeconds, middle),
    late: part(middle, windowSeconds),
  };
}

/** The mean of a series in [from, to), in epoch seconds; NaN where fewer than half of its steps are measured. */
export function meanBetween({ grid, values }: Series, fromSeconds: number, toSeconds: number): number {
  const first = Math.ceil((fromSeconds - grid.startSeconds) / grid.stepSeconds);
  let [sum, known, steps] = [0, 0, 0];
  for (let index = first; timeAt(grid, index) < toSeconds; index++) {
    const value = values[index] ?? Number.NaN;
    steps++;
    known += Number.isNaN(value) ? 0 : 1;
    sum += Number.isNaN(value) ? 0 : value;
  }
  return known > 0 && known >= LEAST_SHARE * steps ? sum / known : Number.NaN;
}
