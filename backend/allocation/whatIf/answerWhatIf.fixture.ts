import { whatIf } from './whatIf.ts';
import type { WhatIfSession } from './whatIfSession.ts';
import type { WhatIfInput, WhatIfReport } from './whatIfTypes.ts';

/** The report of a what-if, heard to its end. */
export function answerWhatIf(input: WhatIfInput, session?: WhatIfSession): WhatIfReport {
  const simulation = whatIf(input, session);
  let next = simulation.next();
  while (next.done !== true) {
    next = simulation.next();
  }
  return next.value;
}
