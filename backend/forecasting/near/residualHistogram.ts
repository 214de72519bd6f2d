/** Odd, so that no error lies in the middle of a bin. */
const BINS = 401;
const REACH = 10;
const WIDTH = (2 * REACH) / BINS;
const PRIOR_SAMPLES = 25;
const LOGISTIC_SCALE = 0.8;
const TAIL_INDEX = 3;

/** The distribution of standardised errors: a histogram that forgets, a logistic prior, Pareto tails beyond it. */
export interface ResidualHistogram {
  learn(error: number): void;
  decay(factor: number): void;
  /** The error that is not exceeded with probability `level`, in (0, 1). */
  quantile(level: number): number;
  /** The probability of an error above `error`. */
  exceedance(error: number): number;
}

export function residualHistogram(): ResidualHistogram {
  const masses = new Float64Array(BINS + 2);
  const prior = logisticMasses();
  const above = new Float64Array(BINS + 1);
  let total = 0;
  let isStale = true;
  const addUp = (): void => {
    const all = total + PRIOR_SAMPLES;
    let mass = 0;
    for (let edge = BINS; edge >= 0; edge--) {
      mass += masses[edge + 1]! + PRIOR_SAMPLES * prior[edge + 1]!;
      above[edge] = mass / all;
    }
    isStale = false;
  };
  return {
    exceedance(error) {
      if (isStale) {
        addUp();
      }
      if (error >= REACH) {
        return above[BINS]! * (REACH / error) ** TAIL_INDEX;
      }
      if (error <= -REACH) {
        return 1 - (1 - above[0]!) * (REACH / -error) ** TAIL_INDEX;
      }
      const place = (error + REACH) / WIDTH;
      const edge = Math.min(BINS - 1, Math.floor(place));
      return above[edge]! + (place - edge) * (above[edge + 1]! - above[edge]!);
    },
    learn(error) {
      isStale = true;
      const bin = Math.floor((error + REACH) / WIDTH) + 1;
      masses[Math.max(0, Math.min(BINS + 1, bin))]!++;
      total++;
    },
    decay(factor) {
      isStale = true;
      total *= factor;
      for (let bin = 0; bin < masses.length; bin++) {
        masses[bin]! *= factor;
      }
    },
    quantile(level) {
      const all = total + PRIOR_SAMPLES;
      let left = level * all;
      for (let bin = 0; bin < masses.length; bin++) {
        const mass = masses[bin]! + PRIOR_SAMPLES * prior[bin]!;
        if (left <= mass) {
          if (bin === 0) {
            return -REACH * (mass / left) ** (1 / TAIL_INDEX);
          }
          if (bin === BINS + 1) {
            return REACH * (mass / (mass - left || 1e-12)) ** (1 / TAIL_INDEX);
          }
          return -REACH + (bin - 1 + left / mass) * WIDTH;
        }
        left -= mass;
      }
      return REACH;
    },
  };
}

function logisticMasses(): Float64Array {
  const below = (edge: number): number => 1 / (1 + Math.exp(-edge / LOGISTIC_SCALE));
  return Float64Array.from({ length: BINS + 2 }, (_, bin) => {
    const upper = bin === BINS + 1 ? 1 : below(-REACH + bin * WIDTH);
    return upper - (bin === 0 ? 0 : below(-REACH + (bin - 1) * WIDTH));
  });
}
