import { timeAt, type TimeGrid } from '../timeseries/index.ts';

const CLOCK_SECONDS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
const USUAL_SECONDS = 1800;
const LEAST_BLOCKS = 12;

/** The stretches of time within which a plan stays as it is. */
export interface PlanBlocks {
  readonly seconds: number;
  /** The block of each step, from 0 and ascending, `[step]`. */
  readonly ofStep: Int32Array;
}

/**
 * Cuts a horizon into blocks on the clock, so that a plan made a little later is cut at the same instants.
 *
 * Half an hour, shorter for horizons under six hours, and never shorter than a step or than `leadTimeSeconds`.
 */
export function planBlocks(grid: TimeGrid, leadTimeSeconds: number): PlanBlocks {
  const horizonSeconds = grid.length * grid.stepSeconds;
  const wished = Math.max(grid.stepSeconds, leadTimeSeconds, Math.min(USUAL_SECONDS, horizonSeconds / LEAST_BLOCKS));
  const seconds = CLOCK_SECONDS.find((candidate) => candidate >= wished) ?? wished;
  const first = Math.floor(timeAt(grid, 0) / seconds);
  let block = 0;
  let previous = first;
  const ofStep = Int32Array.from({ length: grid.length }, (_, step) => {
    const now = Math.floor(timeAt(grid, step) / seconds);
    block += now > previous ? 1 : 0;
    previous = now;
    return block;
  });
  return { seconds, ofStep };
}
