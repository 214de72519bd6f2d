import type { PlanTiers } from './planTiers.ts';

/** What capacity and violations cost; absent where no price is known. */
export interface Prices {
  readonly replicaHour?: number;
  readonly tierReplicaHour?: { readonly committed: number; readonly reserved: number; readonly burst: number };
  readonly violationMinute?: number;
  /** A thousand requests that are dropped. */
  readonly droppedThousand?: number;
  /** One change of the number of replicas. */
  readonly scaleAction?: number;
  /** An hour of a replica that nothing uses. */
  readonly idleReplicaHour?: number;
}

/**
 * The price of `counts` replicas an hour, `[step]`: by tier where tiers are priced (only then is `tiersOf` called), else
 * by the replica; undefined without a price.
 */
export function planHourlyCost(counts: Int32Array, prices: Prices, tiersOf: () => PlanTiers): Float64Array | undefined {
  const { replicaHour, tierReplicaHour } = prices;
  if (tierReplicaHour !== undefined) {
    const { committed, reserved, expectedBurst } = tiersOf();
    return Float64Array.from(
      committed,
      (count, step) =>
        count * tierReplicaHour.committed +
        reserved[step]! * tierReplicaHour.reserved +
        expectedBurst[step]! * tierReplicaHour.burst
    );
  }
  return replicaHour === undefined ? undefined : Float64Array.from(counts, (count) => count * replicaHour);
}

/** The price of one replica an hour where nothing is planned; undefined without one. */
export function flatReplicaHour({ replicaHour, tierReplicaHour }: Prices): number | undefined {
  return replicaHour ?? tierReplicaHour?.reserved;
}

/** What shortfalls of `minutes` cost; 0 where no price is set, since then it is not asked for. */
export function violationCost(minutes: number, { violationMinute }: Prices): number {
  return minutes * (violationMinute ?? 0);
}

/** What changes of the number of replicas cost over the plan; `counts` are replicas, `[step]`, after `current`. */
export function churnCost(counts: Int32Array, current: number, { scaleAction }: Prices): number {
  return scaleActions(counts, current) * (scaleAction ?? 0);
}

/** How often a plan changes the number of replicas. */
export function scaleActions(counts: Int32Array, current: number): number {
  return counts.reduce((sum, count, step) => sum + (count === (counts[step - 1] ?? current) ? 0 : 1), 0);
}
