import { workloadSchema } from '../../../../contract/workloadsFile.ts';
import { t } from '../../../translations';
import { definitionOf } from './definitionOf';
import type { SetupDraft } from './setupDraft';

/** The fields of the form that can be wrong. */
export type SetupField = Exclude<keyof SetupDraft, 'base' | 'isNamed' | 'isPerReplicaLearnt'>;

export type DraftProblems = Readonly<Partial<Record<SetupField, string>>>;

/** What is wrong with a form, by field, before the sidecar is asked; `taken` are the names that there are. */
export function draftProblems(draft: SetupDraft, taken: readonly string[]): DraftProblems {
  const problems: Partial<Record<SetupField, string>> = {};
  if (draft.source === '') {
    problems.source = t('setup.problem.source', 'Choose where its history comes from.');
  }
  if (draft.query === '') {
    problems.query = t('setup.problem.query', 'Choose what is to be forecast.');
  }
  if (draft.name === '') {
    problems.name = t('setup.problem.name', 'Give it a name.');
  } else if (draft.base === null && taken.includes(draft.name)) {
    problems.name = t('setup.problem.taken', 'There is a workload of that name already.');
  }
  const parsed = workloadSchema.safeParse(definitionOf(draft));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = fieldAt(path, draft.activity);
    if (field !== null) {
      problems[field] ??= sentence(message);
    }
  }
  return problems;
}

function fieldAt(path: readonly PropertyKey[], activity: string): SetupField | null {
  const text = path.map(String).join('.');
  const fields: Readonly<Record<string, SetupField>> = {
    name: 'name',
    source: 'source',
    activity: 'activity',
    [`activity.${activity}`]: 'activity',
    [`activity.${activity}.query`]: 'query',
    [`activity.${activity}.unit`]: 'unit',
    'capacity.replicas.query': 'replicas',
    'capacity.perReplica': 'perReplica',
    'slo.latencySeconds': 'latencySeconds',
    'slo.objective': 'objective',
    'scaling.leadTime': 'leadTime',
    'cost.replicaHour': 'replicaHour',
    'cost.violationMinute': 'violationMinute',
    'cost.currency': 'currency',
  };
  return fields[text] ?? null;
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}
