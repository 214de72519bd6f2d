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
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = root[row * width + column]! + (row === column ? penaltyOf(row) : 0);
      for (let k = 0; k < column; k++) {
        sum -= root[row * width + k]! * root[column * width + k]!;
      }
      if (row === column) {
        if (!(sum > 0)) {
          return;
        }
        root[row * width + row] = Math.sqrt(sum);
      } else {
        root[row * width + column] = sum / root[column * width + column]!;
      }
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
