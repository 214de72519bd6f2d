/** What a source takes from outside: nothing else is read from the process. */
export interface SourceDeps {
  /** The environment that holds the secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowSeconds: () => number;
  /** Uniform in [0, 1): the jitter of retries. */
  readonly random: () => number;
  /** Waits; rejects with the signal's reason when aborted. Default: a timer. */
  readonly sleep?: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Where relative file names of the entry begin. Default: the working directory. */
  readonly directory?: string;
}
