import type { NeedPaths } from '../needPaths.ts';
import { paidHours } from '../paidHours.ts';
import { windowRisk } from '../windowRisk.ts';
import { reactiveCounts, type Reactive } from './reactiveCounts.ts';

/** How a candidate of one kind fares in the mixture, before anything has a price. */
export interface Candidate {
  /** Replicas that are asked for, `[step]`; what a reactive autoscaler adds comes on top. */
  readonly counts: Int32Array;
  /** Expected, start and drain among them. */
  readonly replicaHours: number;
  /** Of those, what the reactive autoscaler adds. */
  readonly reactiveHours: number;
  readonly shortMinutes: number;
  /** Replicas that are missing and that are idle, summed over the steps. */
  readonly missing: number;
  readonly idle: number;
  readonly risk: number;
}

export interface CandidateSetting {
  readonly futures: readonly NeedPaths[];
  readonly stepSeconds: number;
  readonly current: number;
  readonly min: number;
  readonly max: number;
  readonly startSeconds: number;
  readonly drainSeconds: number;
  readonly windowSteps: number;
  /** The first step that a decision of now reaches. */
  readonly firstStep: number;
}

/** The least count that, held all the time, keeps the risk; `max` where none does. */
export function staticCandidate(setting: CandidateSetting, risk: number): Candidate {
  const { futures, min, max } = setting;
  const { stepCount } = futures[0]!;
  const riskOf = (count: number) => windowRisk(setting, new Int32Array(stepCount).fill(count));
  let [low, high] = [
    min,
    Math.min(
      max,
      futures.reduce((most, { needs }) => largest(needs, most), min)
    ),
  ];
  while (low < high) {
    const middle = (low + high) >>> 1;
    [low, high] = riskOf(middle) <= risk ? [low, middle] : [middle + 1, high];
  }
  return judge(setting, new Int32Array(stepCount).fill(low), undefined);
}

/** The least of some floors, which only rise, with which a reactive autoscaler keeps the risk; undefined where none does. */
export function reactiveCandidate(
  setting: CandidateSetting,
  floors: readonly Int32Array[],
  reactive: Reactive,
  risk: number
): Candidate | undefined {
  const above = setting.futures.map((future) => reactiveCounts(future, reactive, setting));
  let [low, high] = [0, floors.length];
  let found: Candidate | undefined;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = judge(setting, floors[middle]!, above);
    if (candidate.risk <= risk) {
      [high, found] = [middle, candidate];
    } else {
      low = middle + 1;
    }
  }
  return found;
}

/** How `counts`, `[step]`, fare, with what is `above` them, `[future]` of `[step][path]`. */
export function judge(
  setting: CandidateSetting,
  counts: Int32Array,
  above: readonly Int32Array[] | undefined
): Candidate {
  const { futures, stepSeconds, current, firstStep } = setting;
  const served = counts.map((count, step) => (step < firstStep ? Math.min(current, count) : count));
  let [short, added, lacking, idle] = [0, 0, 0, 0];
  const missing = futures.map((future, index): NeedPaths => {
    const { pathCount, weight } = future;
    const needs = new Int32Array(future.needs.length);
    const share = weight / pathCount;
    const reactive = above?.[index];
    for (let step = 0; step < served.length; step++) {
      const count = served[step]!;
      let [shortPaths, gap, spare, extra] = [0, 0, 0, 0];
      for (let i = step * pathCount; i < (step + 1) * pathCount; i++) {
        const ready = reactive !== undefined && reactive[i]! > count ? reactive[i]! : count;
        const missed = future.needs[i]! - ready;
        extra += ready - count;
        if (missed > 0) {
          needs[i] = 1;
          shortPaths++;
          gap += missed;
        } else {
          spare -= missed;
        }
      }
      short += shortPaths * share;
      lacking += gap * share;
      idle += spare * share;
      added += extra * share;
    }
    return { ...future, needs };
  });
  const hours = paidHours(counts, current, stepSeconds, setting);
  const reactiveHours = (added * stepSeconds) / 3600;
  return {
    counts,
    replicaHours: hours.serving + hours.changing + reactiveHours,
    reactiveHours,
    shortMinutes: (short * stepSeconds) / 60,
    missing: lacking,
    idle,
    risk: windowRisk({ ...setting, futures: missing }, new Int32Array(counts.length)),
  };
}

function largest(values: Int32Array, least: number): number {
  let most = least;
  for (const value of values) {
    most = value > most ? value : most;
  }
  return most;
}
