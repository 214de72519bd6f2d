/** One figure of a bench: ours beside a peer's in the same run. */
export interface BenchRow {
  readonly name: string;
  /** What is measured, with its unit, ours and the peer's. */
  readonly ours: number;
  readonly peer: number;
  readonly unit?: string;
  /** The ratio that matters, larger is better: above 1 we are ahead. */
  readonly ratio: number;
  /** Smallest and largest ratio over the alternating runs. */
  readonly spread: readonly [number, number];
}

/** A file of this folder exports one of these as `bench`. */
export interface Bench {
  readonly name: string;
  run(): Promise<{
    readonly rows: readonly BenchRow[];
    /** Peers that are not installed, each with how to install it. */
    readonly missing: readonly string[];
  }>;
}
