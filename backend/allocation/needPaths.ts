/**
 * Replicas needed in some simulated futures: `needs` is `[step][path]`, the least count with which nothing is short.
 *
 * `weight` is the probability of these futures among all that a plan has to carry; weights of one problem add up to 1.
 */
export interface NeedPaths {
  readonly pathCount: number;
  readonly stepCount: number;
  readonly needs: Int32Array;
  readonly weight: number;
}

const MOST_REPLICAS = 2 ** 31 - 1;

/** The least whole number of replicas of `perReplica` each that `demand` does not exceed; 0 for no demand. */
export function replicasNeeded(demand: number, perReplica: number): number {
  if (!(demand > 0)) {
    return 0;
  }
  const count = Math.ceil(demand / perReplica);
  if (!(count < MOST_REPLICAS)) {
    return MOST_REPLICAS;
  }
  if (demand > count * perReplica) {
    return count + 1;
  }
  return demand <= (count - 1) * perReplica ? count - 1 : count;
}
