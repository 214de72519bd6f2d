/**
 * A sum that carries its rounding error along (Neumaier's form of Kahan's), as Prometheus sums.
 *
 * `sum + compensation` is the result; on overflow the compensation is 0.
 */
export class KahanSum {
  sum = 0;
  compensation = 0;

  reset(sum = 0): void {
    this.sum = sum;
    this.compensation = 0;
  }

  add(value: number): void {
    const total = this.sum + value;
    this.compensation = kahanCompensation(value, this.sum, total, this.compensation);
    this.sum = total;
  }

  get total(): number {
    return this.sum + this.compensation;
  }
}

/** The compensation after `value` was added to `sum`, giving `total`. Source: Prometheus' kahanSumInc. */
export function kahanCompensation(value: number, sum: number, total: number, compensation: number): number {
  if (total === Infinity || total === -Infinity) {
    return 0;
  }
  return Math.abs(sum) >= Math.abs(value) ? compensation + (sum - total + value) : compensation + (value - total + sum);
}
