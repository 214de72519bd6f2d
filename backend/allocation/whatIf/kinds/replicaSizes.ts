import { objectiveLoad, type ServiceModel } from '../../../simulation/index.ts';
import { flatReplicaHour, type Prices } from '../../prices.ts';
import { requestKind } from '../../requests/requestKind.ts';
import { weighedPrices } from '../../weighedPrices.ts';
import type { WhatIfSeries, WhatIfService } from '../whatIfTypes.ts';

/** Parts of today's requests that are tried: more smaller replicas, and fewer bigger ones. */
const FACTORS = [0.5, 2];

/** Replicas that request another amount of cpu and memory than now. */
export interface ReplicaSize {
  /** Of what one requests now. */
  readonly factor: number;
  /** What one offers of each series, demand first; undefined where a series has no capacity. */
  readonly perReplica: ReadonlyArray<number | undefined>;
  /** What one requests of each resource. */
  readonly requests: Readonly<Record<string, number>>;
  readonly model?: ServiceModel;
  /** A replica costs as much more as it requests more. */
  readonly prices: Prices;
}

/** Replicas as they are. */
export function presentSize(series: readonly WhatIfSeries[], { model, prices }: WhatIfService): ReplicaSize {
  return {
    factor: 1,
    perReplica: series.map(({ perReplica }) => perReplica),
    requests: requestsOf(series, 1),
    prices,
    ...(model === undefined ? {} : { model }),
  };
}

/**
 * Other sizes to compare, each with its own number of workers where it is known how many a replica has, and then with
 * what so many of them serve within the objective: few share a queue worse than many. Or why there are none.
 */
export function replicaSizes(
  series: readonly WhatIfSeries[],
  { model, prices }: WhatIfService
): { readonly sizes: readonly ReplicaSize[] } | { readonly reason: string } {
  if (!series.some((one, place) => place > 0 && one.perReplica !== undefined && requestKind(one) === 'cpu')) {
    return { reason: 'what one replica has of cpu is not known (perReplica of the resource cpu)' };
  }
  if (flatReplicaHour(prices) === undefined) {
    return { reason: 'what a replica costs is not known (cost.replicaHour)' };
  }
  const workers = model?.workersPerReplica;
  const factors = new Set(
    FACTORS.map((factor) => (workers === undefined ? factor : Math.max(1, Math.round(workers * factor)) / workers))
  );
  const sizes = [...factors].filter((factor) => factor !== 1).map((factor) => sizeOf(series, factor, prices, model));
  const known = sizes.filter(({ perReplica }) => perReplica[0]! > 0);
  return known.length === 0 ? { reason: 'no other size keeps the latency that is promised' } : { sizes: known };
}

function sizeOf(
  series: readonly WhatIfSeries[],
  factor: number,
  prices: Prices,
  model: ServiceModel | undefined
): ReplicaSize {
  const now = series[0]!.perReplica!;
  const workersPerReplica = model === undefined ? 0 : Math.round(model.workersPerReplica * factor);
  const share =
    model === undefined
      ? factor
      : objectiveLoad(model, workersPerReplica) / objectiveLoad(model, model.workersPerReplica);
  return {
    factor,
    perReplica: series.map((one, place) => {
      if (place === 0 || one.perReplica === undefined) {
        return place === 0 ? now * share : undefined;
      }
      return requestKind(one) === undefined ? one.perReplica : one.perReplica * factor;
    }),
    requests: requestsOf(series, factor),
    prices: weighedPrices(prices, { replicas: factor, overProvisioning: factor }),
    ...(model === undefined
      ? {}
      : {
          model: {
            ...model,
            perReplica: now * share,
            workersPerReplica,
            saturation: (workersPerReplica / model.serviceSeconds) * model.unitSeconds,
          },
        }),
  };
}

function requestsOf(series: readonly WhatIfSeries[], factor: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    series
      .slice(1)
      .flatMap((one) =>
        one.perReplica === undefined || requestKind(one) === undefined ? [] : [[one.name, one.perReplica * factor]]
      )
  );
}
