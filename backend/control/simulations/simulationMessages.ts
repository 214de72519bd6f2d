import type { WhatIfInput, WhatIfProgress, WhatIfReport } from '../../allocation/index.ts';
import type { ThreadError } from '../../errors/index.ts';

export interface SimulationOrder {
  readonly input: WhatIfInput;
}

export type SimulationReply =
  | { readonly kind: 'progress'; readonly progress: WhatIfProgress }
  | { readonly kind: 'result'; readonly report: WhatIfReport }
  | {
      readonly kind: 'error';
      readonly error: ThreadError;
    };
