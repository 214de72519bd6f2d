/** How replicas slow each other down (the universal scalability law): 0 and 0 where they don't. */
export interface Scalability {
  /** What is done one at a time (alpha). */
  readonly contention: number;
  /** What each pair of replicas has to agree on (beta). */
  readonly coherence: number;
}

export const LINEAR: Scalability = { contention: 0, coherence: 0 };

const MOST_REPLICAS = 2 ** 31 - 1;

/** How replicas slow each other down in serving a series: activity is work that they share, a resource is each one's own. */
export function scalabilityIn(kind: 'activity' | 'resource', scalability: Scalability | undefined): Scalability {
  return (kind === 'activity' ? scalability : undefined) ?? LINEAR;
}

/**
 * How many times longer the same work takes on `replicas` than on one.
 *
 * Source: Gunther, Guerrilla Capacity Planning (2007), chapter 4; gamma is what one replica serves.
 */
export function workStretch(replicas: number, { contention, coherence }: Scalability): number {
  const others = Math.max(0, replicas - 1);
  return 1 + others * (contention + coherence * Math.max(1, replicas));
}

/** As how many that don't slow each other down `replicas` serve. */
export function replicasWorth(replicas: number, scalability: Scalability): number {
  return replicas / workStretch(replicas, scalability);
}

/**
 * The least whole number of replicas that serve what `linear` would if they did not slow each other down; Infinity
 * where no number does.
 */
export function replicasForWork(linear: number, scalability: Scalability): number {
  if (linear <= 1 || (scalability.contention === 0 && scalability.coherence === 0)) {
    return Math.ceil(linear);
  }
  const most = replicasAtPeak(scalability);
  if (replicasWorth(most, scalability) < linear) {
    return Number.POSITIVE_INFINITY;
  }
  let [low, high] = [Math.ceil(linear), most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = replicasWorth(middle, scalability) < linear ? [middle + 1, high] : [low, middle];
  }
  return low;
}

/** One more replica than this serves less; without coherence there is no such number. */
function replicasAtPeak({ contention, coherence }: Scalability): number {
  const peak = Math.sqrt(Math.max(0, 1 - contention) / coherence);
  return Math.max(1, Math.min(MOST_REPLICAS, Math.floor(peak)));
}
