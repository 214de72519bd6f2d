import type { LearntModel, ModelRoles, ModelsResponse } from '../../../contract/models.ts';

/** One learnt model of a workload: who is in charge, and who has which other role. */
export interface LearntRole {
  readonly name: string;
  /** What forecasts now; null where nothing of the model is whole. */
  readonly inForce: LearntModel | null;
  /** Null where nobody was ever given a role: what ships is in charge. */
  readonly roles: ModelRoles | null;
  /** Those that could not be loaded. */
  readonly refused: readonly LearntModel[];
}

/** The learnt models of a workload, by name: those that take part in its forecasts, and those that had a role once. */
export function learntRoles({ models, roles }: ModelsResponse, workload: string): LearntRole[] {
  const own = models.filter((each) => each.workload === workload || each.workloads.includes(workload));
  const given = roles.filter((each) => each.workload === workload);
  const names = [...new Set([...own, ...given].map(({ name }) => name))].sort((a, b) => a.localeCompare(b));
  return names.map((name) => ({
    name,
    inForce: own.find((each) => each.name === name && each.workloads.includes(workload)) ?? null,
    roles: given.find((each) => each.name === name) ?? null,
    refused: own.filter((each) => each.name === name && each.state === 'refused' && each.workload === workload),
  }));
}
