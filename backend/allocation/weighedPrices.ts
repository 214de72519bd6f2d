import type { Prices } from './prices.ts';

/** What each part of a cost counts in the sum; absent is 1. */
export interface CostWeights {
  readonly replicas?: number;
  readonly violations?: number;
  readonly dropped?: number;
  readonly churn?: number;
  readonly overProvisioning?: number;
}

/** Prices times what the operator lets each of them count. */
export function weighedPrices(prices: Prices, weights: CostWeights): Prices {
  const times = (price: number | undefined, weight = 1) => (price === undefined ? undefined : price * weight);
  const { replicas, violations, dropped, churn, overProvisioning } = weights;
  const { tierReplicaHour: tiers } = prices;
  return definedOnly({
    replicaHour: times(prices.replicaHour, replicas),
    tierReplicaHour: tiers && {
      committed: tiers.committed * (replicas ?? 1),
      reserved: tiers.reserved * (replicas ?? 1),
      burst: tiers.burst * (replicas ?? 1),
    },
    violationMinute: times(prices.violationMinute, violations),
    droppedThousand: times(prices.droppedThousand, dropped),
    scaleAction: times(prices.scaleAction, churn),
    idleReplicaHour: times(prices.idleReplicaHour, overProvisioning),
  });
}

function definedOnly(prices: { readonly [K in keyof Prices]: Prices[K] | undefined }): Prices {
  return Object.fromEntries(Object.entries(prices).filter(([, price]) => price !== undefined));
}
