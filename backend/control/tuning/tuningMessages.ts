import type { ThreadError } from '../../errors/index.ts';
import type { TuningResult, TuningTask } from '../../learning/index.ts';

/** What a tuning thread is started with. */
export interface TuningThreadData {
  readonly task: TuningTask;
  readonly workFolder: string;
  readonly modelsFolder: string;
  readonly isResumed: boolean;
  readonly checkpointSeconds: number;
}

export interface TuningProgress {
  readonly step: number;
  readonly loss: number;
  readonly validation: number | null;
  readonly done: number;
  readonly secondsLeft: number | null;
}

export type TuningReply =
  | { readonly kind: 'progress'; readonly progress: TuningProgress }
  | { readonly kind: 'result'; readonly result: TuningResult }
  | {
      readonly kind: 'error';
      readonly error: ThreadError;
    };
