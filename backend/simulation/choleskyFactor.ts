const EASE = 0.97;

/**
 * The lower factor L, `[row][column]`, with L L' = `correlations` (`[size][size]`, ones on the diagonal).
 *
 * Where rounding or pairwise estimates left no such factor, all correlations are eased towards 0 until there is one.
 */
export function choleskyFactor(correlations: Float64Array, size: number): Float64Array {
  for (let ease = 1; ; ease *= EASE) {
    const factor = new Float64Array(size * size);
    if (fill(factor, correlations, size, ease)) {
      return factor;
    }
  }
}

function fill(factor: Float64Array, correlations: Float64Array, size: number, ease: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = row === column ? 1 : ease * correlations[row * size + column]!;
      for (let k = 0; k < column; k++) {
        rest -= factor[row * size + k]! * factor[column * size + k]!;
      }
      if (row === column) {
        if (rest < 1e-9) {
          return false;
        }
        factor[row * size + row] = Math.sqrt(rest);
      } else {
        factor[row * size + column] = rest / factor[column * size + column]!;
      }
    }
  }
  return true;
}
