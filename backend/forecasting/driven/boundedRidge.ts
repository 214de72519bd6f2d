/** A penalised least-squares problem: `gram` as `[row][column]` of X'WX, `moments` of X'Wy, `penalty` like `gram`. */
export interface RidgeProblem {
  readonly gram: Float64Array;
  readonly moments: Float64Array;
  readonly penalty: Float64Array;
  /** 1 for a coefficient that must not be negative, -1 for one that must not be positive, 0 for a free one. */
  readonly signs: Int8Array;
  /** 0 for a coefficient that is left out. */
  readonly isUsed: Uint8Array;
}

/**
 * The coefficients of a ridge regression whose signs are bounded; those at their bound are 0.
 *
 * Solved by leaving out, one after the other, the coefficient that breaks its bound by most.
 */
export function boundedRidge({ gram, moments, penalty, signs, isUsed }: RidgeProblem): Float64Array {
  const size = moments.length;
  let used = Array.from({ length: size }, (_, i) => i).filter((i) => isUsed[i] === 1);
  for (;;) {
    const part = solve(gram, moments, penalty, used, size);
    let worst = -1;
    let breach = 0;
    used.forEach((column, place) => {
      const excess = -signs[column]! * part[place]! * Math.sqrt(gram[column * size + column]!);
      if (excess > breach) {
        breach = excess;
        worst = column;
      }
    });
    if (worst < 0) {
      const coefficients = new Float64Array(size);
      used.forEach((column, place) => {
        coefficients[column] = part[place]!;
      });
      return coefficients;
    }
    used = used.filter((column) => column !== worst);
  }
}

/** Solves the normal equations of the `used` columns by Cholesky; a column that adds nothing new gets 0. */
function solve(
  gram: Float64Array,
  moments: Float64Array,
  penalty: Float64Array,
  used: readonly number[],
  size: number
): Float64Array {
  const count = used.length;
  const factor = new Float64Array(count * count);
  const solution = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = used[i]! * size;
    for (let j = 0; j <= i; j++) {
      const cell = row + used[j]!;
      let rest = gram[cell]! + penalty[cell]!;
      const whole = rest;
      for (let k = 0; k < j; k++) {
        rest -= factor[i * count + k]! * factor[j * count + k]!;
      }
      factor[i * count + j] =
        i === j
          ? rest > 1e-10 * whole && rest > 0
            ? Math.sqrt(rest)
            : Number.POSITIVE_INFINITY
          : rest / factor[j * count + j]!;
    }
    let rest = moments[used[i]!]!;
    for (let k = 0; k < i; k++) {
      rest -= factor[i * count + k]! * solution[k]!;
    }
    solution[i] = rest / factor[i * count + i]!;
  }
  for (let i = count - 1; i >= 0; i--) {
    let rest = solution[i]!;
    for (let k = i + 1; k < count; k++) {
      rest -= factor[k * count + i]! * solution[k]!;
    }
    solution[i] = rest / factor[i * count + i]!;
  }
  return solution;
}
