import { selectMedian } from '../../../statistics/index.ts';
import { LINEAR, workStretch, type Scalability } from '../scalability.ts';
import { bestScalability, idleUse, misfit, workCosts } from './fitScalability.ts';
import { short } from './capacityFit.ts';
import { replicaLoads } from './replicaLoads.ts';
import type { ServiceHistory } from './serviceHistory.ts';

/** How replicas slow each other down by the past, beside what is declared. */
export type ScalabilityRefit =
  | {
      readonly kind: 'adopted';
      readonly scalability: Scalability;
      /** What one replica alone serves, over what it is declared to: at the usual count both serve the same. */
      readonly perReplicaFactor: number;
      readonly usualReplicas: number;
      /** How much nearer the held-out part of the past it comes than what is declared, as a share. */
      readonly gain: number;
    }
  | { readonly kind: 'kept'; readonly reason: string };

/** The end of the past, which the fit does not see. */
const HELD_OUT = 0.3;
/** So much nearer to what was held out it has to come. */
const LEAST_GAIN = 0.2;
/** Beyond these no service was seen to work: a measurement is wrong. */
const MOST_CONTENTION = 0.3;
const MOST_COHERENCE = 0.01;
/** Capacities that differ by less, anywhere among the counts that were seen, are the same. */
const LEAST_DIFFERENCE = 0.02;

/**
 * Fits how replicas slow each other down on the first part of the past, from what a unit of demand takes of the
 * processors, and adopts it only where it is within physical bounds and clearly nearer to the rest than `declared`. What
 * is declared is its anchor: at the usual count of replicas both serve the same.
 */
export function refitScalability(history: ServiceHistory, declared: Scalability): ScalabilityRefit {
  const kept = (reason: string): ScalabilityRefit => ({ kind: 'kept', reason });
  const loads = replicaLoads(history).filter(({ utilization }) => utilization !== undefined && utilization > 0);
  const cut = Math.floor(loads.length * (1 - HELD_OUT));
  const [learnt, held] = [loads.slice(0, cut), loads.slice(cut)];
  const idle = idleUse(learnt);
  const [costs, heldCosts] = [workCosts(learnt, idle), workCosts(held, idle)];
  if (costs === undefined || heldCosts === undefined) {
    return kept('the use of cpu was measured at too few counts of replicas');
  }
  const scalability = bestScalability(costs) ?? LINEAR;
  if (scalability.contention > MOST_CONTENTION || scalability.coherence > MOST_COHERENCE) {
    return kept(`${wordsOf(scalability)} is beyond what a service does`);
  }
  const counts = [...costs, ...heldCosts].map(([count]) => count);
  const usualReplicas = Math.round(selectMedian(Float64Array.from(loads, ({ replicas }) => replicas)));
  const relative = (count: number, of: Scalability): number => workStretch(count, of) / workStretch(usualReplicas, of);
  const isSame = counts.every(
    (count) => Math.abs(relative(count, scalability) / relative(count, declared) - 1) < LEAST_DIFFERENCE
  );
  if (isSame) {
    return kept('the past agrees with what is declared');
  }
  const [own, other] = [misfit(heldCosts, scalability), misfit(heldCosts, declared)];
  const gain = other > 0 ? 1 - own / other : 0;
  return gain < LEAST_GAIN
    ? kept(`${wordsOf(scalability)} comes no nearer to the last ${short(100 * HELD_OUT)} % of the past`)
    : {
        ...{ kind: 'adopted', scalability, usualReplicas, gain },
        perReplicaFactor: workStretch(usualReplicas, scalability) / workStretch(usualReplicas, declared),
      };
}

/** A refit in one sentence for people. */
export function refitWords(refit: ScalabilityRefit): string {
  return refit.kind === 'kept'
    ? `scalability stays as declared: ${refit.reason}`
    : `scalability is learnt: ${wordsOf(refit.scalability)}, ${short(100 * refit.gain)} % nearer to what was held out than what is declared; at ${String(refit.usualReplicas)} replicas both serve the same`;
}

function wordsOf({ contention, coherence }: Scalability): string {
  return `contention ${short(contention)}, coherence ${short(coherence)}`;
}
