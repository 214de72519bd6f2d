import type { NamedRoles, Trial, WorkloadRoles } from '../../learning/index.ts';
import type { RetrainingRecord } from './retrainingRecord.ts';

/** How the learnt models of one workload stand, where any has a role. */
export interface LearningStand {
  readonly models: ReadonlyMap<string, NamedRoles>;
  readonly trials: readonly Trial[];
  readonly training: ReadonlyMap<string, RetrainingRecord>;
}

/** Puts together what is known; `undefined` where nothing is. */
export function learningStand(
  roles: WorkloadRoles | undefined,
  trials: readonly Trial[],
  training: ReadonlyMap<string, RetrainingRecord>
): LearningStand | undefined {
  const models = new Map(Object.entries(roles?.models ?? {}));
  return models.size === 0 && training.size === 0 ? undefined : { models, trials, training };
}
