import type { PathBlock, ScenarioPaths } from '../../../simulation/index.ts';

/** As many paths tell kinds of plans apart, and a slider is not held up by them. */
const MOST_PATHS = 250;

/** The first paths of a block as a scenario changed them, and the scenario's weight in the mixture. */
export interface SampledPaths {
  readonly block: Pick<PathBlock, 'pathCount' | 'seriesCount' | 'stepCount'>;
  readonly paths: ScenarioPaths;
  readonly weight: number;
}

/** Copies them: what a scenario made of a block is valid for a while only. */
export function sampledPaths(
  { pathCount, seriesCount, stepCount }: PathBlock,
  { values, capacity }: ScenarioPaths,
  weight: number
): SampledPaths {
  const count = Math.min(pathCount, MOST_PATHS);
  return {
    block: { pathCount: count, seriesCount, stepCount },
    paths: {
      values: values.slice(0, count * seriesCount * stepCount),
      ...(capacity === undefined
        ? {}
        : {
            capacity: {
              factor: capacity.factor.slice(0, count * stepCount),
              add: capacity.add.slice(0, count * stepCount),
            },
          }),
    },
    weight,
  };
}
