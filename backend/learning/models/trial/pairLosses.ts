import { CRPS_LEVELS, pinballLoss } from '../../../statistics/index.ts';
import { gridIndexAt, timeAt, type Series, type TimeGrid } from '../../../timeseries/index.ts';
import type { PairedLosses } from './trialState.ts';

/** What was said of one series: `values` as `[level][step]` on the grid of its forecast. */
export interface Said {
  readonly name: string;
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** What two models said at one cutoff, on one grid. */
export interface ForecastPair {
  readonly cutoffSeconds: number;
  readonly grid: TimeGrid;
  readonly champion: readonly Said[];
  readonly challenger: readonly Said[];
}

/**
 * The losses of both over the same truths after the cutoff up to `untilSeconds`: sums of the mean pinball loss x 2 over
 * the levels 0.1 ... 0.9. A truth that is missing, or of which one of the two said nothing, counts for neither.
 */
export function pairLosses(pair: ForecastPair, actual: ReadonlyMap<string, Series>, untilSeconds: number): PairedLosses {
  const losses: Record<string, { count: number; champion: number; challenger: number }> = {};
  for (const champion of pair.champion) {
    const challenger = pair.challenger.find(({ name }) => name === champion.name);
    const truths = actual.get(champion.name);
    if (challenger === undefined || truths === undefined || truths.grid.stepSeconds !== pair.grid.stepSeconds) {
      continue;
    }
    const sums = { count: 0, champion: 0, challenger: 0 };
    for (let step = 0; step < pair.grid.length; step++) {
      const atSeconds = timeAt(pair.grid, step);
      if (atSeconds <= pair.cutoffSeconds || atSeconds > untilSeconds) {
        continue;
      }
      const truth = truths.values[gridIndexAt(truths.grid, atSeconds)] ?? Number.NaN;
      const [own, other] = [lossAt(champion, pair.grid.length, step, truth), lossAt(challenger, pair.grid.length, step, truth)];
      if (Number.isFinite(own) && Number.isFinite(other)) {
        sums.count++;
        sums.champion += own;
        sums.challenger += other;
      }
    }
    if (sums.count > 0) {
      losses[champion.name] = sums;
    }
  }
  return losses;
}

/** Sums of two. */
export function addLosses(a: PairedLosses, b: PairedLosses): PairedLosses {
  const sums: Record<string, PairedLosses[string]> = { ...a };
  for (const [series, { count, champion, challenger }] of Object.entries(b)) {
    const before = sums[series] ?? { count: 0, champion: 0, challenger: 0 };
    sums[series] = {
      count: before.count + count,
      champion: before.champion + champion,
      challenger: before.challenger + challenger,
    };
  }
  return sums;
}

function lossAt({ levels, values }: Said, length: number, step: number, truth: number): number {
  let sum = 0;
  for (const level of CRPS_LEVELS) {
    const row = levels.indexOf(level);
    sum += 2 * pinballLoss(truth, row < 0 ? Number.NaN : (values[row * length + step] ?? Number.NaN), level);
  }
  return sum / CRPS_LEVELS.length;
}
