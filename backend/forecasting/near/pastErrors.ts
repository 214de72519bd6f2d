/** How far a model was off, row by row, in running sums of roots, so that one large error hardly moves a mean. */
export interface PastErrors {
  /** Notes an error of the row that follows those noted so far, or that there is none. */
  add(error: number | undefined): void;
  /** The usual size of the errors over `steps` rows that end with `row`, at most the last noted; 0 where there are none. */
  size(row: number, steps: number): number;
}

export function pastErrors(): PastErrors {
  let sums = new Float64Array(1025);
  let counts = new Int32Array(1025);
  let length = 0;
  return {
    add(error) {
      if (length + 1 >= sums.length) {
        const [wider, more] = [new Float64Array(2 * sums.length), new Int32Array(2 * sums.length)];
        wider.set(sums);
        more.set(counts);
        [sums, counts] = [wider, more];
      }
      sums[length + 1] = sums[length]! + (error === undefined ? 0 : Math.sqrt(Math.abs(error)));
      counts[length + 1] = counts[length]! + (error === undefined ? 0 : 1);
      length++;
    },
    size(row, steps) {
      const end = Math.max(0, Math.min(length, row + 1));
      const from = Math.max(0, end - steps);
      const count = counts[end]! - counts[from]!;
      return count === 0 ? 0 : ((sums[end]! - sums[from]!) / count) ** 2;
    },
  };
}
