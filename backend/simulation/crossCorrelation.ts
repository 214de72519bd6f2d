/** How many values two series must share before their correlation is estimated. */
const MIN_SHARED = 24;
/** What is assumed of two series that share less. */
const ASSUMED_CORRELATION = 0.5;

/**
 * Correlations of normal scores between series, `[series][series]`, shrunk towards independence by their own noise.
 *
 * All `scores` end at the same instant. `independentShare` says how many of the values count as independent ones.
 * Source of the shrinkage: Schaefer and Strimmer, Statistical Applications in Genetics and Molecular Biology 4 (2005).
 */
export function crossCorrelation(scores: readonly Float64Array[], independentShare: number): Float64Array {
  const count = scores.length;
  const correlations = new Float64Array(count * count);
  const estimated: Array<{ cell: number; mirror: number; value: number }> = [];
  let noise = 0;
  let signal = 0;
  for (let i = 0; i < count; i++) {
    correlations[i * count + i] = 1;
    for (let j = 0; j < i; j++) {
      const [value, shared] = correlation(scores[i]!, scores[j]!);
      const [cell, mirror] = [i * count + j, j * count + i];
      if (shared < MIN_SHARED || Number.isNaN(value)) {
        correlations[cell] = correlations[mirror] = ASSUMED_CORRELATION;
      } else {
        noise += (1 - value ** 2) ** 2 / Math.max(1, shared * independentShare - 1);
        signal += value ** 2;
        estimated.push({ cell, mirror, value });
      }
    }
  }
  const shrinkage = signal === 0 ? 1 : Math.min(1, noise / signal);
  for (const { cell, mirror, value } of estimated) {
    correlations[cell] = correlations[mirror] = value * (1 - shrinkage);
  }
  return correlations;
}

function correlation(a: Float64Array, b: Float64Array): readonly [value: number, shared: number] {
  const length = Math.min(a.length, b.length);
  const [startA, startB] = [a.length - length, b.length - length];
  let [shared, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const x = a[startA + i]!;
    const y = b[startB + i]!;
    if (!Number.isNaN(x) && !Number.isNaN(y)) {
      shared++;
      sumA += x;
      sumB += y;
      sumAA += x * x;
      sumBB += y * y;
      sumAB += x * y;
    }
  }
  const spread = Math.sqrt((shared * sumAA - sumA ** 2) * (shared * sumBB - sumB ** 2));
  return [spread > 1e-9 ? (shared * sumAB - sumA * sumB) / spread : Number.NaN, shared];
}
