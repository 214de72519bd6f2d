const ITERATIONS = 20;
const LEARNING_RATE = 0.5;
const HUBER_SHARE = 0.1;
const LARGEST_STEP = 1;

/** Opinions and what came true: `opinions` as `[sample][expert]`, NaN where an expert is silent. */
export interface Lessons {
  readonly expertCount: number;
  readonly opinions: Float64Array;
  /** `[sample]`, all measured. */
  readonly truths: Float64Array;
  /** `[sample]`, positive: how much each counts. */
  readonly importances: Float64Array;
}

/** The weighted mean of the opinions from `offset` on that are no NaN; NaN where all are. */
export function blendOpinions(weights: Float64Array, opinions: Float64Array, offset = 0): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const opinion = opinions[offset + i]!;
    if (!Number.isNaN(opinion)) {
      sum += weights[i]! * opinion;
      total += weights[i]!;
    }
  }
  return total === 0 ? Number.NaN : sum / total;
}

/**
 * Positive weights, adding up to 1, whose blend comes near the truths in absolute error.
 *
 * A few steps of exponentiated gradient from `initial`: few, so that a short past moves them little. A silent
 * expert neither gains nor loses. `scale` is the size of a usual error. Sources: Kivinen and Warmuth (1997); Freund et
 * al. (1997) on experts that sleep.
 */
export function stackWeights(lessons: Lessons, scale: number, initial: Float64Array): Float64Array {
  const { expertCount, opinions, truths, importances } = lessons;
  const weights = initial.slice();
  const gradient = new Float64Array(expertCount);
  const totalImportance = importances.reduce((sum, importance) => sum + importance, 0);
  const isComplete = completeSamples(lessons);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    gradient.fill(0);
    let common = 0;
    for (let sample = 0; sample < truths.length; sample++) {
      const offset = sample * expertCount;
      const importance = importances[sample]! / scale;
      if (isComplete[sample] === 1) {
        let blend = 0;
        for (let i = 0; i < expertCount; i++) {
          blend += weights[i]! * opinions[offset + i]!;
        }
        const slope = importance * clipped((blend - truths[sample]!) / (HUBER_SHARE * scale));
        common += slope * blend;
        for (let i = 0; i < expertCount; i++) {
          gradient[i]! += slope * opinions[offset + i]!;
        }
      } else {
        addGradient(weights, opinions, offset, truths[sample]!, importance, scale, gradient);
      }
    }
    let total = 0;
    for (let i = 0; i < expertCount; i++) {
      const step = (-LEARNING_RATE * (gradient[i]! - common)) / totalImportance;
      weights[i]! *= Math.exp(LARGEST_STEP * clipped(step / LARGEST_STEP));
      total += weights[i]!;
    }
    for (let i = 0; i < expertCount; i++) {
      weights[i]! /= total;
    }
  }
  return weights;
}

/** For each sample 1 where every expert has spoken. */
function completeSamples({ expertCount, opinions, truths }: Lessons): Uint8Array {
  const isComplete = new Uint8Array(truths.length).fill(1);
  opinions.forEach((opinion, cell) => {
    if (Number.isNaN(opinion)) {
      isComplete[Math.floor(cell / expertCount)] = 0;
    }
  });
  return isComplete;
}

/** Adds the gradient of a sample in which some experts are silent. */
function addGradient(
  weights: Float64Array,
  opinions: Float64Array,
  offset: number,
  truth: number,
  importance: number,
  scale: number,
  gradient: Float64Array
): void {
  let sum = 0;
  let awake = 0;
  for (let i = 0; i < weights.length; i++) {
    const opinion = opinions[offset + i]!;
    if (!Number.isNaN(opinion)) {
      sum += weights[i]! * opinion;
      awake += weights[i]!;
    }
  }
  const blend = sum / awake;
  const slope = (importance * clipped((blend - truth) / (HUBER_SHARE * scale))) / awake;
  for (let i = 0; i < weights.length; i++) {
    const opinion = opinions[offset + i]!;
    if (!Number.isNaN(opinion)) {
      gradient[i]! += slope * (opinion - blend);
    }
  }
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
