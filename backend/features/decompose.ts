import { rollingMedian } from './rollingMedian.ts';
import { rollingMoments } from './rollingMoments.ts';

const MOST_CYCLES = 7;
/** Phases within so many parts of a season count as the same. */
const PHASE_PARTS = 48;

export interface DecompositionPlan {
  /** Steps in each season, shortest first; not necessarily whole. */
  readonly seasons: readonly number[];
  /** Steps over which the trend is a median, at least 1. */
  readonly trendSteps: number;
  /** The fewest measurements that make a trend. */
  readonly minCount: number;
}

/** The parts of a series, `[step]`: where they are known, value = trend + seasonal + remainder. */
export interface Decomposition {
  readonly trend: Float64Array;
  /** One for each season of the plan; NaN before a first cycle is over. */
  readonly seasons: readonly Float64Array[];
  /** Their sum, as far as they are known; NaN where none is, though there are some. */
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
}

/**
 * Takes a series apart as it was at each step, robustly.
 *
 * The trend is a trailing median, so it lags by half its span and ignores spikes. A season is the median of what the
 * trend and shorter seasons had left at the same phase of up to seven earlier cycles, of two middle ones that nearer to
 * 0: what only half of the cycles had is no season. The remainder is what the past did not say of the present.
 */
export function decompose(values: Float64Array, plan: DecompositionPlan): Decomposition {
  const trend = rollingMedian(values, plan.trendSteps, plan.minCount);
  let rest = values.map((value, t) => finite(value - trend[t]!));
  const seasonal = new Float64Array(values.length).fill(plan.seasons.length === 0 ? 0 : Number.NaN);
  const seasons = plan.seasons.map((steps) => {
    const season = earlierCycles(rest, steps);
    rest = rest.map((value, t) => (Number.isNaN(season[t]!) ? value : finite(value - season[t]!)));
    season.forEach((value, t) => {
      if (!Number.isNaN(value)) {
        seasonal[t] = Number.isNaN(seasonal[t]!) ? value : finite(seasonal[t]! + value);
      }
    });
    return season;
  });
  const remainder = values.map((value, t) => finite(value - trend[t]! - seasonal[t]!));
  return { trend, seasons, seasonal, remainder };
}

/** Medians over earlier cycles of the means around the same phase; NaN where no earlier cycle was measured there. */
function earlierCycles(rest: Float64Array, steps: number): Float64Array {
  const around = Math.floor(steps / (2 * PHASE_PARTS));
  const { mean } = rollingMoments(rest, 2 * around + 1, 1);
  const found = new Float64Array(MOST_CYCLES);
  return rest.map((_, t) => {
    let count = 0;
    for (let cycle = 1; cycle <= MOST_CYCLES; cycle++) {
      const at = t - Math.round(cycle * steps) + around;
      if (at < 0) {
        break;
      }
      const value = mean[at]!;
      if (!Number.isNaN(value)) {
        let place = count++;
        for (; place > 0 && found[place - 1]! > value; place--) {
          found[place] = found[place - 1]!;
        }
        found[place] = value;
      }
    }
    const [low, high] = [found[(count - 1) >> 1]!, found[count >> 1]!];
    return count === 0 ? Number.NaN : Math.abs(low) <= Math.abs(high) ? low : high;
  });
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
