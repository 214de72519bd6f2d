/**
 * Solves a symmetric system by Cholesky: `products` is `[size][size + 1]`, its lower triangle the matrix, its last column
 * the right side; `penaltyOf` is added to the diagonal. `into` stays as it was where there is no solution.
 */
export function solveSymmetric(
  products: Float64Array,
  size: number,
  penaltyOf: (row: number) => number,
  into: Float64Array
): void {
  const width = size + 1;
  const root = products.slice();
  for (let column = 0; column < size; column++) {
    const at = column * width;
    let rest = root[at + column]! + penaltyOf(column);
    for (let k = 0; k < column; k++) {
      rest -= root[at + k]! * root[at + k]!;
    }
    if (!(rest > 0)) {
      return;
    }
    const pivot = Math.sqrt(rest);
    root[at + column] = pivot;
    let row = column + 1;
    // Four rows at once: their sums don't wait for each other.
    for (; row + 3 < size; row += 4) {
      const first = row * width;
      const second = first + width;
      const third = second + width;
      const fourth = third + width;
      let a = root[first + column]!;
      let b = root[second + column]!;
      let c = root[third + column]!;
      let d = root[fourth + column]!;
      for (let k = 0; k < column; k++) {
        const factor = root[at + k]!;
        a -= root[first + k]! * factor;
        b -= root[second + k]! * factor;
        c -= root[third + k]! * factor;
        d -= root[fourth + k]! * factor;
      }
      root[first + column] = a / pivot;
      root[second + column] = b / pivot;
      root[third + column] = c / pivot;
      root[fourth + column] = d / pivot;
    }
    for (; row < size; row++) {
      const start = row * width;
      let sum = root[start + column]!;
      for (let k = 0; k < column; k++) {
        sum -= root[start + k]! * root[at + k]!;
      }
      root[start + column] = sum / pivot;
    }
  }
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = products[row * width + size]!;
    for (let k = 0; k < row; k++) {
      sum -= root[row * width + k]! * solution[k]!;
    }
    solution[row] = sum / root[row * width + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row]!;
    for (let k = row + 1; k < size; k++) {
      sum -= root[k * width + row]! * solution[k]!;
    }
    solution[row] = sum / root[row * width + row]!;
  }
  if (solution.every(Number.isFinite)) {
    into.set(solution);
  }
}
