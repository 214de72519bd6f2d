import { LINEAR, type PathBlock, type ScenarioPaths, type Scalability } from '../../simulation/index.ts';
import type { StepRange } from '../../timeseries/index.ts';
import { replicasNeeded } from '../needPaths.ts';
import { workStretcher } from '../workStretcher.ts';

const UNREACHABLE = 2 ** 31 - 1;

/** Needs of the same paths, which differ at most in the steps `changed`. */
export interface KnownNeeds {
  readonly needs: Int32Array;
  readonly changed: StepRange;
}

/**
 * The replicas to have so that nothing is short, `[step][path]`, for the paths of a block as a scenario changed them.
 *
 * `perReplica` is that of each series, undefined where it has no capacity. Replicas that slow each other
 * down serve less of demand; where a scenario takes some away, as many more are needed; at worst no count suffices.
 */
export function blockNeeds(
  block: Pick<PathBlock, 'pathCount' | 'seriesCount' | 'stepCount'>,
  { values, capacity }: ScenarioPaths,
  perReplica: ReadonlyArray<number | undefined>,
  scalability: Scalability = LINEAR,
  known?: KnownNeeds
): Int32Array {
  const { pathCount, seriesCount, stepCount } = block;
  const { first, end } = known?.changed ?? { first: 0, end: stepCount };
  const needs =
    known?.needs.slice().fill(0, first * pathCount, end * pathCount) ?? new Int32Array(stepCount * pathCount);
  const stretched = workStretcher(scalability);
  for (let path = 0; path < pathCount; path++) {
    for (let series = 0; series < seriesCount; series++) {
      const unit = perReplica[series];
      if (unit === undefined) {
        continue;
      }
      const start = (path * seriesCount + series) * stepCount;
      for (let step = first; step < end; step++) {
        const demand = values[start + step]!;
        const cell = step * pathCount + path;
        if (demand > needs[cell]! * unit) {
          const need = replicasNeeded(demand, unit);
          needs[cell] = series === 0 ? stretched(need) : need;
        }
      }
    }
  }
  if (capacity !== undefined) {
    for (let path = 0; path < pathCount; path++) {
      for (let step = first; step < end; step++) {
        const cell = step * pathCount + path;
        const usable = path * stepCount + step;
        needs[cell] = askedFor(needs[cell]!, capacity.factor[usable]!, capacity.add[usable]!);
      }
    }
  }
  return needs;
}

/** The least whole count with count * factor + add at least `need`. */
function askedFor(need: number, factor: number, add: number): number {
  const missing = need - add;
  if (missing <= 0) {
    return 0;
  }
  const count = factor > 0 ? Math.ceil(missing / factor - 1e-9) : UNREACHABLE;
  return count < UNREACHABLE ? count : UNREACHABLE;
}
