import { latencyMixture } from './latencyMixture.ts';
import type { ResourceLimit } from './resourceLimit.ts';
import { restartingShares } from './restartingShares.ts';
import { LINEAR, workStretch } from './scalability.ts';
import type { ServiceModel } from './serviceModel.ts';

/** How a service fared over simulated paths. */
export interface ServiceOutcome {
  /**
   * Of all requests; one that is turned away counts as having waited out its patience, one that is dropped later for want
   * of replicas with the wait that it came into.
   */
  readonly latencySeconds: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  /** Mean units of demand that arrive, are served and are dropped a step; what is neither still waits at the end. */
  readonly arrivals: number;
  readonly throughput: number;
  readonly dropped: number;
  /** Mean units still waiting at the end of a path, for each step of it. */
  readonly queued: number;
  /** Mean replicas killed a step for want of memory. */
  readonly killed: number;
  /** The share of arrivals served within the objective; null where nothing arrived. */
  readonly sloAttainment: number | null;
}

/** Adds up paths of demand against replicas. */
export interface ServiceMeter {
  /**
   * One path: `demand`, ready `replicas` and the use of each limited resource, all `[step]`; each holds for its step.
   */
  add(demand: Float64Array, replicas: Float64Array, resources?: readonly Float64Array[]): void;
  outcome(): ServiceOutcome;
}

/** What beside the demand may be full; `limits` in the order of the resources of a path. */
export interface ServiceLimits {
  readonly limits: readonly ResourceLimit[];
  /** From a kill to serving again. */
  readonly startSeconds: number;
}

/** Instants of a step at which the backlog is looked at. */
const LOOKS = 4;

/**
 * Measures latency, drops and throughput of a service model over steps of `stepSeconds`.
 *
 * Demand is spread evenly over the replicas, each of which queues by Allen and Cunneen's formula within a step. Above
 * saturation requests pile up as a fluid; those beyond the queue's limit or that would wait longer than the model's
 * patience are dropped. A full resource queues, throttles or kills. Memory does not grow with the paths.
 */
export function serviceMeter(
  model: ServiceModel,
  stepSeconds: number,
  { limits, startSeconds }: ServiceLimits = { limits: [], startSeconds: 0 }
): ServiceMeter {
  const { saturation, patienceSeconds, unitSeconds } = model;
  const scalability = model.scalability.contention + model.scalability.coherence > 0 ? model.scalability : LINEAR;
  const mixture = latencyMixture(model, stepSeconds);
  const queueUnits = model.queueLimit === undefined ? Infinity : (model.queueLimit * unitSeconds) / stepSeconds;
  const isPlain = limits.length === 0 && scalability === LINEAR;
  let capacities: Float64Array = new Float64Array(0);
  let [arrived, served, dropped, queued, killed, steps] = [0, 0, 0, 0, 0, 0];

  function capacitiesOf(replicas: Float64Array): Float64Array {
    const written = capacities.length === replicas.length ? capacities : new Float64Array(replicas.length);
    for (let step = 0; step < replicas.length; step++) {
      written[step] = Math.max(0, replicas[step]!) * saturation;
    }
    return written;
  }

  function addStep(arrivals: number, waitingBefore: number, state: StepState): number {
    const { capacity, utilization, stretch, ready } = state;
    const limit = ready > 0 ? Math.min((capacity * patienceSeconds) / stepSeconds, queueUnits * ready) : 0;
    const before = Math.min(waitingBefore, limit);
    const wanted = Math.max(0, before + arrivals - capacity);
    const waiting = Math.min(wanted, limit);
    const lost = wanted - waiting;
    const kept = Math.max(0, arrivals - lost);
    served += arrivals + before - wanted;
    dropped += waitingBefore - before + lost;
    if (kept > 0 && wanted === 0 && before === 0) {
      mixture.add(utilization, 0, stretch, kept);
    } else if (kept > 0) {
      for (let look = 0; look < LOOKS; look++) {
        const grown = before + (arrivals - capacity) * ((look + 0.5) / LOOKS);
        const delay = (Math.min(limit, Math.max(0, grown)) / capacity) * stepSeconds;
        mixture.add(utilization, delay, stretch, kept / LOOKS);
      }
    }
    if (lost > 0) {
      mixture.add(1, patienceSeconds, stretch, lost);
    }
    return waiting;
  }

  return {
    add(demand, replicas, resources = []) {
      const killings = limits.flatMap(({ perReplica, whenFull }, place) => {
        const use = resources[place];
        if (whenFull !== 'kills' || use === undefined) {
          return [];
        }
        const shares = new Float64Array(use.length);
        return [{ shares, out: restartingShares(use, replicas, perReplica, startSeconds, stepSeconds, shares) }];
      });
      if (isPlain) {
        capacities = capacitiesOf(replicas);
      }
      let waiting = 0;
      for (let step = 0; step < demand.length; step++) {
        if (isPlain && waiting === 0) {
          const before = mixture.total;
          step = mixture.addServed(demand, capacities, step);
          arrived += mixture.total - before;
          served += mixture.total - before;
          if (step === demand.length) {
            break;
          }
        }
        const arrivals = Math.max(0, demand[step]!);
        const count = Math.max(0, replicas[step]!);
        arrived += arrivals;
        let [out, share] = [0, 0];
        for (const killing of killings) {
          out = Math.max(out, killing.out[step]!);
          share = Math.max(share, killing.shares[step]!);
        }
        killed += share * count;
        dropped += share * waiting;
        const ready = count * (1 - out);
        const stretch = scalability === LINEAR ? 1 : workStretch(count, scalability);
        const state = { ready, stretch, capacity: (ready * saturation) / stretch, utilization: 0 };
        state.utilization = arrivals / state.capacity;
        for (let place = 0; place < limits.length; place++) {
          const use = resources[place]?.[step] ?? 0;
          if (limits[place]!.whenFull !== 'kills' && use > 0 && arrivals > 0) {
            fillResource(state, arrivals, use, limits[place]!);
          }
        }
        waiting = addStep(arrivals, waiting * (1 - share), state);
      }
      queued += waiting;
      steps += demand.length;
    },
    outcome() {
      const isEmpty = mixture.total === 0;
      return {
        latencySeconds: isEmpty
          ? null
          : { p50: mixture.percentile(0.5), p95: mixture.percentile(0.95), p99: mixture.percentile(0.99) },
        arrivals: arrived / steps,
        throughput: served / steps,
        dropped: dropped / steps,
        queued: queued / steps,
        killed: killed / steps,
        sloAttainment: isEmpty ? null : 1 - mixture.slower(model.latencySeconds),
      };
    },
  };
}

interface StepState {
  readonly ready: number;
  readonly stretch: number;
  /** Units of demand that can be served in the step. */
  capacity: number;
  utilization: number;
}

/** Lowers what can be served to what a resource allows at the present cost of a unit of demand. */
function fillResource(state: StepState, arrivals: number, use: number, { perReplica, whenFull }: ResourceLimit): void {
  const utilization = use / (state.ready * perReplica);
  state.capacity = Math.min(state.capacity, arrivals / utilization);
  if (whenFull === 'queues') {
    state.utilization = Math.max(state.utilization, utilization);
  }
}
