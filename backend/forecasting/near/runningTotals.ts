/** Sums over rows of an endless series, of which the last ones are remembered. */
export interface RunningTotals {
  /** Rows noted so far. */
  readonly length: number;
  add(value: number): void;
  /** The sum over the rows `[from, to)`, as far as they are noted and remembered. */
  between(from: number, to: number): number;
}

/** Totals that remember the last `kept` rows. */
export function runningTotals(kept: number): RunningTotals {
  const slots = kept + 1;
  const totals = new Float64Array(slots);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(value) {
      totals[(length + 1) % slots] = totals[length % slots]! + value;
      length++;
    },
    between(from, to) {
      const end = Math.min(length, to);
      const start = Math.max(from, length - kept, 0);
      return end <= start ? 0 : totals[end % slots]! - totals[start % slots]!;
    },
  };
}
