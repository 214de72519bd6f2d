import {
  LINEAR,
  samplePaths,
  shortfallCounter,
  type Dependence,
  type Margin,
  type PathOptions,
  type Scalability,
  type ShortfallRisk,
  replicasWorth,
} from '../simulation/index.ts';
import { replicasNeeded, type NeedPaths } from './needPaths.ts';
import { workStretcher } from './workStretcher.ts';

/** Needs of all futures, and how likely the replicas of now fall short: series by series, and any of them. */
export interface SimulatedNeeds {
  readonly needs: NeedPaths;
  readonly shortfalls: readonly ShortfallRisk[];
  readonly anyShortfall: ShortfallRisk;
}

/**
 * Simulates the series that have a capacity, `perReplica` each, against `replicas` that stay as they are.
 *
 * `windowSteps` are the windows in which shortfalls are counted; `scalability` is how replicas slow each other down in
 * what the first series asks of them.
 */
export function simulateNeeds(
  margins: readonly Margin[],
  perReplica: readonly number[],
  dependence: Dependence,
  replicas: number,
  windowSteps: readonly number[],
  options: PathOptions,
  scalability: Scalability = LINEAR
): SimulatedNeeds {
  const stepCount = margins[0]!.values.length / margins[0]!.levels.length;
  const { pathCount } = options;
  const stretched = workStretcher(scalability);
  const needs = new Int32Array(stepCount * pathCount);
  const counters = margins.map(() => shortfallCounter(stepCount, windowSteps));
  const anyCounter = shortfallCounter(stepCount, windowSteps);
  const isShort = new Uint8Array(stepCount);
  const isAnyShort = new Uint8Array(stepCount);
  for (const block of samplePaths(margins, dependence, options)) {
    for (let path = 0; path < block.pathCount; path++) {
      isAnyShort.fill(0);
      for (let series = 0; series < margins.length; series++) {
        const start = (path * margins.length + series) * stepCount;
        const unit = perReplica[series]!;
        const capacity = (series === 0 ? replicasWorth(replicas, scalability) : replicas) * unit;
        for (let step = 0; step < stepCount; step++) {
          const demand = block.values[start + step]!;
          const short = demand > capacity ? 1 : 0;
          isShort[step] = short;
          isAnyShort[step]! |= short;
          const cell = step * pathCount + block.firstPath + path;
          if (demand > needs[cell]! * unit) {
            const need = replicasNeeded(demand, unit);
            needs[cell] = series === 0 ? stretched(need) : need;
          }
        }
        counters[series]!.add(isShort);
      }
      anyCounter.add(isAnyShort);
    }
  }
  return {
    needs: { pathCount, stepCount, needs, weight: 1 },
    shortfalls: counters.map((counter) => counter.risk()),
    anyShortfall: anyCounter.risk(),
  };
}
