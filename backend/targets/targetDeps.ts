/** What a target takes from outside: nothing else is read from the process. */
export interface TargetDeps {
  /** The environment that holds the secrets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowSeconds: () => number;
  /** Uniform in [0, 1): the jitter of retries. */
  readonly random: () => number;
  /** Waits; rejects with the signal's reason when aborted. Default: a timer. */
  readonly sleep?: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Where relative paths of the entry begin: the folder of the workloads file. Default: the working directory. */
  readonly directory?: string;
  /** Where a dry run tells what it would do; no secret. Default: nowhere. */
  readonly log?: (message: string) => void;
}
