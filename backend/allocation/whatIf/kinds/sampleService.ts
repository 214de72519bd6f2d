import { serviceMeter, usualWhenFull, type ServiceOutcome } from '../../../simulation/index.ts';
import type { WhatIfSeries, WhatIfService } from '../whatIfTypes.ts';
import type { ReplicaSize } from './replicaSizes.ts';
import type { SampledPaths } from './sampledPaths.ts';

/** All scenarios together, each by its weight. */
const MOST_PATHS = 40;

export interface SampledPlan {
  /** Replicas that serve, `[step]`. */
  readonly served: Int32Array;
  /** What a reactive autoscaler has ready, `[scenario]` of `[step][path]`; absent where there is none. */
  readonly above?: readonly Int32Array[];
  readonly size: ReplicaSize;
}

/** How a plan serves the mixture, on a few paths of each scenario; undefined without a service model. */
export function sampleService(
  samples: readonly SampledPaths[],
  series: readonly WhatIfSeries[],
  { startSeconds }: WhatIfService,
  { served, above, size }: SampledPlan
): ServiceOutcome | undefined {
  if (size.model === undefined) {
    return undefined;
  }
  const limited = series.flatMap((one, place) => {
    const perReplica = size.perReplica[place];
    return place === 0 || perReplica === undefined
      ? []
      : [{ place, perReplica, whenFull: one.whenFull ?? usualWhenFull(one.name) }];
  });
  const { stepSeconds } = series[0]!.forecast.grid;
  const meter = serviceMeter(size.model, stepSeconds, { limits: limited, startSeconds });
  const ready = new Float64Array(served.length);
  samples.forEach(({ block: { pathCount, seriesCount, stepCount }, paths: { values, capacity }, weight }, index) => {
    const row = (path: number, place: number) => {
      const start = (path * seriesCount + place) * stepCount;
      return values.subarray(start, start + stepCount);
    };
    for (let path = 0; path < Math.min(pathCount, Math.ceil(MOST_PATHS * weight)); path++) {
      for (let step = 0; step < stepCount; step++) {
        const count = Math.max(served[step]!, above?.[index]![step * pathCount + path] ?? 0);
        const cell = path * stepCount + step;
        ready[step] =
          capacity === undefined
            ? count
            : Math.max(0, count * capacity.factor[cell]! + capacity.add[cell]! / size.factor);
      }
      meter.add(
        row(path, 0),
        ready,
        limited.map(({ place }) => row(path, place))
      );
    }
  });
  return meter.outcome();
}
