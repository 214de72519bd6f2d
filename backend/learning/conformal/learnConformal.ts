import { RATES, type ConformalExpert, type ConformalState, type ConformalZone } from './conformalState.ts';

/** Losses are forgotten with this factor an hour: two days count. */
const MEMORY = 0.98;
/** Weights fall by this power of e for each width of the band that an expert lost more. */
const SHARPNESS = 6;
/** The expert that moves nothing is so many widths ahead until another has shown more. */
const HEAD_START = 0.15;
/** An error that is told late is followed more slowly, by this for each hour. */
const SLOWER = 2;
const MOST_SHIFT = 3;

/** Forecasts of one zone of leads with what came true: `quantiles[level][i]` beside `truths[i]`, NaN where missing. */
export interface ConformalPairs {
  readonly quantiles: ReadonlyArray<ArrayLike<number>>;
  readonly truths: ArrayLike<number>;
}

/**
 * The state after one more hour of a zone: every expert moves each level up where it was exceeded too often, down where
 * too seldom, at its own rate, and they are weighed by their losses of late.
 *
 * Sources: Gibbs and Candes (2021), adaptive conformal inference; (2022), its aggregation over step sizes (DtACI);
 * Angelopoulos, Candes and Tibshirani (2023), quantile tracking.
 */
export function learnConformal(state: ConformalState, zoneIndex: number, pairs: ConformalPairs): ConformalState {
  const zone = state.zones[zoneIndex];
  const low = state.levels.indexOf(0.1);
  const high = state.levels.indexOf(0.9);
  if (zone === undefined || low < 0 || high < 0) {
    throw new RangeError('conformal: there is no such zone, or the levels lack 0.1 or 0.9');
  }
  const widths = Array.from(pairs.truths, (_, i) => pairs.quantiles[high]![i]! - pairs.quantiles[low]![i]!);
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  const known = widths.flatMap((_, i) => {
    const isThere = Number.isFinite(pairs.truths[i]) && pairs.quantiles.every((row) => Number.isFinite(row[i]!));
    return isThere ? [i] : [];
  });
  if (known.length === 0 || !(mean > 0)) {
    return state;
  }
  const then = zone.said.at(-1 - zone.hoursBack);
  const experts = zone.experts.map((expert, index) =>
    learnt(
      expert,
      then?.[index] ?? expert.shifts,
      RATES[index]! / (1 + SLOWER * zone.hoursBack),
      state.levels,
      pairs,
      widths,
      mean,
      known
    )
  );
  return { ...state, zones: state.zones.map((each, index) => (index === zoneIndex ? { ...zone, experts } : each)) };
}

function learnt(
  expert: ConformalExpert,
  said: readonly number[],
  rate: number,
  levels: readonly number[],
  { quantiles, truths }: ConformalPairs,
  widths: readonly number[],
  meanWidth: number,
  known: readonly number[]
): ConformalExpert {
  let loss = 0;
  const shifts = levels.map((level, row) => {
    const shift = expert.shifts[row]!;
    let below = 0;
    for (const i of known) {
      const value = quantiles[row]![i]! + shift * widths[i]!;
      const truth = truths[i]!;
      below += truth <= value ? 1 : 0;
      const honest = quantiles[row]![i]! + said[row]! * widths[i]!;
      loss += (2 * Math.abs(truth - honest) * Math.abs((truth <= honest ? 1 : 0) - level)) / meanWidth;
    }
    const moved = shift + rate * (level - below / known.length);
    return Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, moved));
  });
  return { shifts, loss: MEMORY * expert.loss + loss / (known.length * levels.length) };
}

/** How each level of a zone is moved, by all experts together. */
export function zoneShifts({ experts, hoursBack }: ConformalZone): readonly number[] {
  const least = Math.min(...experts.map(({ loss }, index) => lossOf(loss, index, hoursBack)));
  const weights = experts.map(({ loss }, index) => Math.exp(-SHARPNESS * (lossOf(loss, index, hoursBack) - least)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return experts[0]!.shifts.map(
    (_, row) => experts.reduce((sum, { shifts }, index) => sum + weights[index]! * shifts[row]!, 0) / total
  );
}

function lossOf(loss: number, index: number, hoursBack: number): number {
  return loss - (index === 0 ? HEAD_START * (1 + hoursBack) : 0);
}

/** Before an hour's forecasts: what every expert says now is what it will be judged by. */
export function beginHour(state: ConformalState): ConformalState {
  const zones = state.zones.map((zone) => ({
    ...zone,
    said: [...zone.said, zone.experts.map(({ shifts }) => shifts)].slice(-1 - zone.hoursBack),
  }));
  return { ...state, zones };
}
