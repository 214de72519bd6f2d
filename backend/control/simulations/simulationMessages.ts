import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import type { ThreadError } from '../../errors/index.ts';

/** What a thread is for: answers while somebody waits, one after the other, or one simulation that goes on in the background. */
export interface SimulationWorkerData {
  readonly kind: 'answers' | 'job';
}

export interface SimulationOrder {
  readonly input: WhatIfInput;
  /** Shared: 1 where nobody waits for the answer any more. */
  readonly stop: Int32Array;
}

export type SimulationReply =
  | { readonly kind: 'progress'; readonly progress: WhatIfProgress }
  | { readonly kind: 'result'; readonly report: WhatIfReport }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'error';
      readonly error: ThreadError;
    };
