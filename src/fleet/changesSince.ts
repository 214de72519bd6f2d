import type { Decision, WorkloadSummary } from '../../contract/api.ts';

/** So much more or less likely is a change that is worth a look. */
const NOTABLE = 0.1;

export interface FleetChanges {
  /** Names of workloads that have become notably likelier to fall short within a day, the most first. */
  readonly likelier: readonly string[];
  readonly lessLikely: readonly string[];
}

/** Which workloads have become likelier to fall short, and less so; one that was not foreseen before is neither. */
export function fleetChanges(workloads: readonly WorkloadSummary[], before: ReadonlyMap<string, number>): FleetChanges {
  const moves = workloads.flatMap(({ name, shortfallProbability }) => {
    const was = before.get(name);
    const is = shortfallProbability?.['24h'];
    return was === undefined || is === undefined ? [] : [{ name, move: is - was }];
  });
  const largest = [...moves].sort((a, b) => Math.abs(b.move) - Math.abs(a.move));
  return {
    likelier: largest.filter(({ move }) => move >= NOTABLE).map(({ name }) => name),
    lessLikely: largest.filter(({ move }) => move <= -NOTABLE).map(({ name }) => name),
  };
}

export interface DecisionCounts {
  readonly changed: number;
  readonly rolledBack: number;
  readonly failed: number;
}

/** How many changes decisions made, took back, and failed to make. */
export function countDecisions(decisions: readonly Decision[]): DecisionCounts {
  const applied = decisions.filter(({ outcome }) => outcome === 'applied');
  return {
    changed: applied.filter(({ what }) => what === 'change').length,
    rolledBack: applied.filter(({ what }) => what === 'rollback').length,
    failed: decisions.filter(({ outcome }) => outcome.startsWith('failed')).length,
  };
}
