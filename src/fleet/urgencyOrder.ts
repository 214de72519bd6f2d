import type { WorkloadSummary } from '../../contract/api.ts';
import { isShortNow } from './isShortNow';

/** Windows of shortfall probability, as the sidecar names them. */
export const WINDOWS = ['1h', '6h', '24h'] as const;

/**
 * Orders workloads by coming shortfall: what is short already, then the soonest, at one instant the likeliest; then those
 * without one by how likely it is, then those of which nothing can be said, the broken ones before the others.
 */
export function compareUrgency(a: WorkloadSummary, b: WorkloadSummary): number {
  return (
    Number(isShortNow(b)) - Number(isShortNow(a)) ||
    compareNumbers(a.firstShortfallAt ?? Infinity, b.firstShortfallAt ?? Infinity) ||
    compareNumbers(-likelihood(a), -likelihood(b)) ||
    compareNumbers(healthRank(a), healthRank(b)) ||
    a.name.localeCompare(b.name)
  );
}

/** Whether a shortfall of this workload can be foreseen at all. */
export function isForeseen({ shortfallProbability }: WorkloadSummary): boolean {
  return shortfallProbability !== null && Object.keys(shortfallProbability).length > 0;
}

/** What following the recommendation saves in an hour; negative where it costs more; null where unknown. */
export function hourlySaving({ costHourly: { current, proposed } }: WorkloadSummary): number | null {
  return current === null || proposed === null ? null : current - proposed;
}

/** The highest probability of any window; -1 where none is known. */
function likelihood({ shortfallProbability }: WorkloadSummary): number {
  return Math.max(-1, ...Object.values(shortfallProbability ?? {}));
}

function healthRank({ health }: WorkloadSummary): number {
  return ['failing', 'stale', 'starting', 'ok'].indexOf(health.state);
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
