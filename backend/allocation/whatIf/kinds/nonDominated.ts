import type { FrontierPoint } from '../whatIfTypes.ts';

/**
 * The points that none is better than in cost and risk at once, from the cheapest to the least risky; of equal ones the
 * first. Where costs are not known replica hours stand for them.
 */
export function nonDominated(points: readonly FrontierPoint[]): readonly FrontierPoint[] {
  const costOf = ({ cost, replicaHours }: FrontierPoint) => cost ?? replicaHours;
  const best: FrontierPoint[] = [];
  for (const point of [...points].sort(
    (a, b) => costOf(a) - costOf(b) || a.shortfallProbabilityWindow - b.shortfallProbabilityWindow
  )) {
    const last = best.at(-1);
    if (last === undefined || point.shortfallProbabilityWindow < last.shortfallProbabilityWindow) {
      best.push(point);
    }
  }
  return best;
}
