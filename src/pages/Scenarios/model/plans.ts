import type { PlanFile } from '../../../../contract/plan.ts';
import type { SimulationReport } from '../../../../contract/simulation.ts';
import { durationOf } from '../../../formatting/durations';

export type FrontierPoint = SimulationReport['frontier'][number];
export type PlanKind = FrontierPoint['kind'];

/** A plan of the frontier by its kind and name: names are those of a kind. */
export function planKey({ kind, plan }: FrontierPoint): string {
  return `${kind}/${plan}`;
}

/** The plans that were looked at, of the kinds whose replicas can be proposed, each from risky to safe. */
export function frontierKinds({
  frontiers,
}: SimulationReport): ReadonlyArray<readonly [PlanKind, readonly FrontierPoint[]]> {
  return (['scheduled-floor', 'floor-and-reactive', 'static', 'requests'] as const).flatMap((kind) => {
    const points = frontiers[kind] ?? [];
    return points.length === 0 ? [] : [[kind, points] as const];
  });
}

/** The point that a key names; else the cheapest of the scheduled floors that keep the risk, as Headroom advises. */
export function chosenPoint(report: SimulationReport, key: string | null): FrontierPoint | null {
  const all = frontierKinds(report).flatMap(([, points]) => points);
  const named = all.find((point) => planKey(point) === key);
  if (named !== undefined) {
    return named;
  }
  const risk = report.recommendation?.risk ?? 0;
  const floors = all.filter(({ kind }) => kind === 'scheduled-floor');
  return floors.find(({ shortfallProbabilityWindow }) => shortfallProbabilityWindow <= risk) ?? floors.at(-1) ?? null;
}

/** A point's plan as a simulation and a proposal take it. */
export function planFileOf(name: string, { replicas }: FrontierPoint): PlanFile {
  return { name, replicas: replicas.map(({ at, count }) => ({ at: durationOf(at), count })) };
}

/** What holds if nobody changes anything. */
export function currentPlan(replicas: number): PlanFile {
  return { name: CURRENT_PLAN, replicas: [{ at: '0s', count: replicas }] };
}

export const CURRENT_PLAN = 'current';
export const CHOSEN_PLAN = 'chosen';
