import type { Acting, Fleet, Proposals } from '../../../control/index.ts';
import type { Decision } from '../../../../contract/index.ts';
import type { Storage } from '../../../storage/index.ts';

export interface ActingRouteDeps {
  readonly acting: Acting;
  readonly fleet: Pick<Fleet, 'workload' | 'nowSeconds' | 'answer'>;
  readonly storage: Pick<Storage, 'recommendation' | 'appendDecision'>;
  readonly proposals: Pick<Proposals, 'propose'>;
  /** A new id for what is recorded. */
  readonly createId: () => string;
  /** Told of what a person decided that touched no target. */
  readonly onRecorded: (decision: Decision) => void;
  /** Told of what failed without a code where others went on. */
  readonly onFailure: (error: unknown) => void;
}
