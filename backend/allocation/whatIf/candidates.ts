import type { NeedPaths } from '../needPaths.ts';
import { paidHours } from '../paidHours.ts';
import { windowRisk } from '../windowRisk.ts';

/** How a candidate of one kind fares in the mixture, before anything has a price. */
export interface Candidate {
  /** Replicas that are asked for, `[step]`; what a reactive autoscaler adds comes on top. */
  readonly counts: Int32Array;
  /** Of these, what serves: before the first step that a decision reaches no more than now. */
  readonly served: Int32Array;
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

/** The least count at each risk that, held all the time, keeps it, as `[step]`; `max` where none does. */
export function staticCounts(
  { futures, min, max }: CandidateSetting,
  riskOf: (counts: Int32Array) => number
): (risk: number) => Int32Array {
  const { stepCount } = futures[0]!;
  const most = Math.min(
    max,
    futures.reduce((highest, { needs }) => largest(needs, highest), min)
  );
  const held = (count: number) => new Int32Array(stepCount).fill(count);
  const known = new Map<number, number>();
  const riskAt = (count: number): number => {
    const risk = known.get(count) ?? riskOf(held(count));
    known.set(count, risk);
    return risk;
  };
  return (risk) => {
    let [low, high] = [min, most];
    while (low < high) {
      const middle = (low + high) >>> 1;
      [low, high] = riskAt(middle) <= risk ? [low, middle] : [middle + 1, high];
    }
    return held(low);
  };
}

/** How `counts`, `[step]`, fare, with what is `above` them, `[future]` of `[step][path]`. */
export function judge(
  setting: CandidateSetting,
  counts: Int32Array,
  above: readonly Int32Array[] | undefined
): Candidate {
  const { futures, stepSeconds, current, firstStep } = setting;
  const served = counts.map((count, step) => (step < firstStep ? Math.min(current, count) : count));
  const missing = above && futures.map(({ needs }) => new Int32Array(needs.length));
  let [short, added, lacking, idle] = [0, 0, 0, 0];
  futures.forEach(({ needs, pathCount, weight }, index) => {
    const share = weight / pathCount;
    const [reactive, isMissing] = [above?.[index], missing?.[index]];
    for (let step = 0; step < served.length; step++) {
      const count = served[step]!;
      const end = (step + 1) * pathCount;
      let [shortPaths, gap, spare, extra] = [0, 0, 0, 0];
      for (let i = step * pathCount; i < end; i++) {
        const ready = reactive !== undefined && reactive[i]! > count ? reactive[i]! : count;
        const missed = needs[i]! - ready;
        extra += ready - count;
        if (missed > 0) {
          if (isMissing !== undefined) {
            isMissing[i] = 1;
          }
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
  });
  const hours = paidHours(counts, current, stepSeconds, setting);
  const reactiveHours = (added * stepSeconds) / 3600;
  return {
    counts,
    served,
    replicaHours: hours.serving + hours.changing + reactiveHours,
    reactiveHours,
    shortMinutes: (short * stepSeconds) / 60,
    missing: lacking,
    idle,
    risk:
      missing === undefined
        ? windowRisk(setting, served)
        : windowRisk(
            { ...setting, futures: futures.map((future, index) => ({ ...future, needs: missing[index]! })) },
            new Int32Array(counts.length)
          ),
  };
}

function largest(values: Int32Array, least: number): number {
  let most = least;
  for (const value of values) {
    most = value > most ? value : most;
  }
  return most;
}
