import type { NewDecision } from '../../../contract/index.ts';
import { versionWords, type ModelVersion } from '../../learning/index.ts';
import type { RoleChange } from './champions.ts';

const WHAT = {
  entered: 'model-trial',
  promoted: 'model-promote',
  rolledBack: 'model-rollback',
  retired: 'model-retire',
  benched: 'model-bench',
} as const;

/** What the audit keeps of a change of who is in charge. */
export function decisionOfRole({ workload, name, event, before, after }: RoleChange, id: string): NewDecision {
  return {
    id,
    at: event.atSeconds,
    who: event.by,
    what: WHAT[event.what],
    workload,
    why: [event.why],
    before: inWords(name, before),
    after: inWords(name, after),
    outcome: 'done',
  };
}

function inWords(
  name: string,
  version: ModelVersion | null
): { readonly model: string; readonly version: string | null } {
  return { model: name, version: version === null ? null : versionWords(version) };
}
