/**
 * The measurements of a series in the scale in which their changes are alike at every size (asinh), gaps bridged by the
 * last measurement, with running sums; it grows at its end.
 */
export interface NearRows {
  /** Rows taken in. */
  readonly length: number;
  /** The scaled value at a row; the first one's before the start. */
  at(row: number): number;
  /** The mean over `steps` rows that end with `row`, inclusive. */
  mean(row: number, steps: number): number;
  /** The usual size of the changes over `steps` rows that end with `row`: the square of the mean root, which one jump hardly moves. */
  volatility(row: number, steps: number): number;
  isMissing(row: number): boolean;
  append(values: Float64Array): void;
}

/** Rows with values scaled by `unit`, which is about the least size that matters. */
export function nearRows(unit: number): NearRows {
  let scaled = new Float64Array(1024);
  let sums = new Float64Array(1025);
  let roots = new Float64Array(1025);
  let gaps = new Uint8Array(1024);
  let length = 0;
  const clamp = (row: number): number => (row < 0 ? 0 : row);
  return {
    get length() {
      return length;
    },
    at: (row) => scaled[clamp(row)]!,
    mean(row, steps) {
      const from = clamp(row + 1 - steps);
      return row < from ? scaled[0]! : (sums[row + 1]! - sums[from]!) / (row + 1 - from);
    },
    volatility(row, steps) {
      const from = clamp(row + 1 - steps);
      return row < from ? 0 : ((roots[row + 1]! - roots[from]!) / (row + 1 - from)) ** 2;
    },
    isMissing: (row) => row < 0 || gaps[row] === 1,
    append(values) {
      const needed = length + values.length;
      if (needed > scaled.length) {
        scaled = grown(scaled, 2 * needed);
        sums = grown(sums, 2 * needed + 1);
        roots = grown(roots, 2 * needed + 1);
        const wider = new Uint8Array(2 * needed);
        wider.set(gaps);
        gaps = wider;
      }
      for (const value of values) {
        const isGap = !Number.isFinite(value);
        const previous = length === 0 ? 0 : scaled[length - 1]!;
        const now = isGap ? previous : Math.asinh(value / unit);
        scaled[length] = now;
        gaps[length] = isGap ? 1 : 0;
        sums[length + 1] = sums[length]! + now;
        roots[length + 1] = roots[length]! + (length === 0 ? 0 : Math.sqrt(Math.abs(now - previous)));
        length++;
      }
    },
  };
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(length);
  wider.set(values);
  return wider;
}
