import type { Recommendation } from '../../contract/recommendation.ts';

const ACTIONS: ReadonlyArray<Recommendation['action']> = ['raise', 'lower', 'hold'];

/**
 * Orders recommendations by urgency: what raises before what lowers before what holds; then the soonest shortfall where
 * nothing is done, then the likeliest, then the greatest saving.
 */
export function compareRecommendations(a: Recommendation, b: Recommendation): number {
  return (
    compareNumbers(ACTIONS.indexOf(a.action), ACTIONS.indexOf(b.action)) ||
    compareNumbers(firstShortfall(a), firstShortfall(b)) ||
    compareNumbers(likelihood(b), likelihood(a)) ||
    compareNumbers(saving(b), saving(a)) ||
    a.workload.localeCompare(b.workload) ||
    b.createdAt - a.createdAt
  );
}

/** What following it saves over its horizon; negative where it costs more, null where a price is missing. */
export function savingOf({ expected: { current, proposed } }: Recommendation): number | null {
  const before = current?.cost ?? null;
  return before === null || proposed.cost === null ? null : before - proposed.cost;
}

function firstShortfall({ expected: { current } }: Recommendation): number {
  return current?.firstShortfallAt ?? Infinity;
}

function likelihood({ expected: { current } }: Recommendation): number {
  return current?.shortfallProbability ?? -1;
}

function saving(recommendation: Recommendation): number {
  return savingOf(recommendation) ?? -Infinity;
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
