import type { Decision, WorkloadDetail } from '../../../contract/api.ts';
import { decisionName } from '../../audit/decisionName';
import { describeChange } from '../../audit/describeChange';
import type { Mark } from '../../charts/marks';

const CHANGES: ReadonlySet<string> = new Set(['change', 'giveBack', 'rollback', 'requests', 'requests-rollback']);

/** What stands in a workload's calendar, and what was really changed at its target. */
export function workloadMarks(
  definition: WorkloadDetail['definition'],
  decisions: readonly Decision[]
): readonly Mark[] {
  return [
    ...(definition?.calendar ?? []).map(({ name, start, end }) => ({
      name,
      startMs: Date.parse(start),
      endMs: Date.parse(end),
    })),
    ...decisions
      .filter(({ what, outcome }) => CHANGES.has(what) && outcome === 'applied')
      .map((decision) => ({
        name: describeChange(decision) || decisionName(decision.what),
        startMs: decision.at * 1000,
        endMs: decision.at * 1000,
      })),
  ];
}
