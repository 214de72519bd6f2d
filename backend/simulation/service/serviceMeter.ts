import { responseTail, type ResponseTail } from './responseTail.ts';
import type { ServiceModel } from './serviceModel.ts';

/** How a service fared over simulated paths. */
export interface ServiceOutcome {
  /** Of all requests; a dropped one counts as having waited out its patience. */
  readonly latencySeconds: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  /** Mean units of demand that arrive, are served and are dropped a step; what is neither still waits at the end. */
  readonly arrivals: number;
  readonly throughput: number;
  readonly dropped: number;
  /** Mean units still waiting at the end of a path, for each step of it. */
  readonly queued: number;
  /** The share of arrivals served within the objective; null where nothing arrived. */
  readonly sloAttainment: number | null;
}

/** Adds up paths of demand against replicas. */
export interface ServiceMeter {
  /** One path: `demand` and usable `replicas`, both `[step]`; each holds for its step. */
  add(demand: Float64Array, replicas: Float64Array): void;
  outcome(): ServiceOutcome;
}

const UTILIZATION_CELLS = 100;
const MOST_UTILIZATION = 0.98;
const DELAY_RATIO = 1.25;
const LEAST_DELAY_SECONDS = 1e-3;

/**
 * Measures latency, drops and throughput of a service model.
 *
 * Demand is spread evenly over the replicas, each of which queues as M/M/c within a step; above saturation requests
 * pile up as a fluid, and those that would wait longer than the model's patience are dropped. Latencies are kept by
 * hundredths of utilisation and by delay, so that memory does not grow with the paths.
 */
export function serviceMeter(model: ServiceModel, stepSeconds: number): ServiceMeter {
  const cells = new Map<number, number>();
  const tailsByUtilization = new Map<number, ResponseTail>();
  let [arrived, served, dropped, queued, noted, steps] = [0, 0, 0, 0, 0, 0];

  function note(utilization: number, delay: number, amount: number): void {
    const u = Math.min(UTILIZATION_CELLS, Math.ceil((utilization / MOST_UTILIZATION) * UTILIZATION_CELLS));
    const d =
      delay <= LEAST_DELAY_SECONDS ? 0 : 1 + Math.ceil(Math.log(delay / LEAST_DELAY_SECONDS) / Math.log(DELAY_RATIO));
    const key = d * (UTILIZATION_CELLS + 1) + u;
    cells.set(key, (cells.get(key) ?? 0) + amount);
    noted += amount;
  }

  function tailAt(u: number): ResponseTail {
    const known = tailsByUtilization.get(u);
    const load = (u / UTILIZATION_CELLS) * MOST_UTILIZATION * model.workersPerReplica;
    const tail = known ?? responseTail(model.workersPerReplica, load, model.serviceSeconds);
    tailsByUtilization.set(u, tail);
    return tail;
  }

  function slower(seconds: number): number {
    let sum = 0;
    for (const [key, amount] of cells) {
      const u = key % (UTILIZATION_CELLS + 1);
      const d = (key - u) / (UTILIZATION_CELLS + 1);
      const delay = d === 0 ? 0 : LEAST_DELAY_SECONDS * DELAY_RATIO ** (d - 1);
      sum += amount * tailAt(u)(seconds - delay);
    }
    return sum / noted;
  }

  function percentile(level: number): number {
    let [low, high] = [0, model.serviceSeconds];
    while (slower(high) > 1 - level) {
      high *= 2;
    }
    for (let round = 0; round < 40; round++) {
      const middle = (low + high) / 2;
      [low, high] = slower(middle) > 1 - level ? [middle, high] : [low, middle];
    }
    return high;
  }

  return {
    add(demand, replicas) {
      let waiting = 0;
      for (let step = 0; step < demand.length; step++) {
        const arrivals = Math.max(0, demand[step]!);
        const capacity = Math.max(0, replicas[step]!) * model.saturation;
        const before = waiting;
        const wanted = Math.max(0, before + arrivals - capacity);
        waiting = Math.min(wanted, (capacity * model.patienceSeconds) / stepSeconds);
        const lost = wanted - waiting;
        const kept = Math.max(0, arrivals - lost);
        arrived += arrivals;
        served += arrivals + before - wanted;
        dropped += lost;
        if (kept > 0) {
          note(
            Math.min(MOST_UTILIZATION, arrivals / capacity),
            ((before + waiting) / 2 / capacity) * stepSeconds,
            kept
          );
        }
        if (lost > 0) {
          note(MOST_UTILIZATION, model.patienceSeconds, lost);
        }
      }
      queued += waiting;
      steps += demand.length;
    },
    outcome() {
      return {
        latencySeconds: noted > 0 ? { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) } : null,
        arrivals: arrived / steps,
        throughput: served / steps,
        dropped: dropped / steps,
        queued: queued / steps,
        sloAttainment: noted > 0 ? Math.max(0, 1 - slower(model.latencySeconds)) : null,
      };
    },
  };
}
