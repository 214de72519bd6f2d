import { responseTail, type ResponseTail } from './responseTail.ts';
import type { ServiceModel } from './serviceModel.ts';
import { waitFactor } from './variability.ts';

/** Requests by how long they take, in little memory. */
export interface LatencyMixture {
  /** So many requests at a utilisation of the workers, behind a backlog of `delaySeconds`, work taking `stretch` times longer. */
  add(utilization: number, delaySeconds: number, stretch: number, amount: number): void;
  /**
   * Adds the requests of each step, from step `from` on, for as long as they stay below what their step can serve, and
   * returns the step where that ends; both arrays are `[step]` in units of demand.
   */
  addServed(arrivals: Float64Array, capacities: Float64Array, from: number): number;
  /** The share that takes longer; NaN of nothing. */
  slower(seconds: number): number;
  /** The time within which this share is served; NaN of nothing. */
  percentile(level: number): number;
  readonly total: number;
}

const UTILIZATION_CELLS = 100;
const DELAY_RATIO = 1.25;
const STRETCH_RATIO = 1.05;
const LOOKUPS = 4096;
const LEAST_DELAY_SECONDS = 1e-3;
const [LEAST_SPARE, MOST_SPARE] = [1e-3, 0.2];

/**
 * Collects the latencies of a model's requests over steps of `stepSeconds`.
 *
 * Kept by spare capacity, by delay and by stretch, in cells of equal ratio, each rounded to the slower side. A full replica has waits like those of a
 * queue that starts empty and is just saturated for a step (reflected Brownian motion); the backlog comes on top, so
 * that latency has no jump where the fluid begins.
 */
export function latencyMixture(model: ServiceModel, stepSeconds: number): LatencyMixture {
  const { workersPerReplica, serviceSeconds, variability, patienceSeconds } = model;
  const leastSpare = spareWhenFull(model, stepSeconds);
  const cellWidth = Math.log(1 / leastSpare) / UTILIZATION_CELLS;
  const delayCells = 2 + delayCell(patienceSeconds);
  const cellOfUtilization = Uint8Array.from({ length: LOOKUPS + 1 }, (_, i) => {
    const spare = Math.max(leastSpare, 1 - i / LOOKUPS);
    return Math.min(UTILIZATION_CELLS, Math.ceil(-Math.log(spare) / cellWidth));
  });
  const plain = new Float64Array(delayCells * (UTILIZATION_CELLS + 1));
  const cellsOfStretch = new Map([[0, plain]]);
  const tails: ResponseTail[] = [];
  let total = 0;

  function tailAt(u: number): ResponseTail {
    return (tails[u] ??= responseTail(
      workersPerReplica,
      (1 - Math.exp(-u * cellWidth)) * workersPerReplica,
      serviceSeconds,
      variability
    ));
  }

  function cellsAt(stretched: number): Float64Array {
    const cells = cellsOfStretch.get(stretched) ?? new Float64Array(delayCells * (UTILIZATION_CELLS + 1));
    cellsOfStretch.set(stretched, cells);
    return cells;
  }

  function slower(filled: readonly FilledCell[], seconds: number): number {
    let sum = 0;
    for (const { amount, delay, stretch, tail } of filled) {
      sum += seconds <= delay ? amount : amount * tail((seconds - delay) / stretch);
    }
    return Math.min(1, sum / total);
  }

  function filledCells(): readonly FilledCell[] {
    const filled: FilledCell[] = [];
    for (const [stretched, cells] of cellsOfStretch) {
      const stretch = STRETCH_RATIO ** stretched;
      cells.forEach((amount, cell) => {
        if (amount > 0) {
          const d = Math.floor(cell / (UTILIZATION_CELLS + 1));
          const delay = d === 0 ? 0 : LEAST_DELAY_SECONDS * DELAY_RATIO ** (d - 1);
          filled.push({ amount, delay, stretch, tail: tailAt(cell % (UTILIZATION_CELLS + 1)) });
        }
      });
    }
    return filled;
  }

  return {
    add(utilization, delaySeconds, stretch, amount) {
      const u = utilization < 1 ? cellOfUtilization[Math.ceil(utilization * LOOKUPS)]! : UTILIZATION_CELLS;
      const d = delaySeconds <= LEAST_DELAY_SECONDS ? 0 : Math.min(delayCells - 1, delayCell(delaySeconds));
      const cells = stretch <= 1 ? plain : cellsAt(Math.ceil(Math.log(stretch) / Math.log(STRETCH_RATIO) - 1e-9));
      cells[d * (UTILIZATION_CELLS + 1) + u]! += amount;
      total += amount;
    },
    addServed(arrivals, capacities, from) {
      let [step, sum] = [from, 0];
      for (; step < arrivals.length; step++) {
        const arriving = arrivals[step]!;
        const capacity = capacities[step]!;
        if (arriving >= capacity) {
          break;
        }
        if (arriving > 0) {
          plain[cellOfUtilization[Math.ceil((arriving / capacity) * LOOKUPS)]!]! += arriving;
          sum += arriving;
        }
      }
      total += sum;
      return step;
    },
    slower: (seconds) => slower(filledCells(), seconds),
    percentile(level) {
      const filled = filledCells();
      let [low, high] = [0, serviceSeconds];
      while (slower(filled, high) > 1 - level) {
        low = high;
        high *= 2;
      }
      while (high - low > 1e-6 * high) {
        const middle = (low + high) / 2;
        [low, high] = slower(filled, middle) > 1 - level ? [middle, high] : [low, middle];
      }
      return high;
    },
    get total() {
      return total;
    },
  };
}

/** Requests of one cell, and what they wait. */
interface FilledCell {
  readonly amount: number;
  readonly delay: number;
  readonly stretch: number;
  readonly tail: ResponseTail;
}

function delayCell(seconds: number): number {
  return seconds <= LEAST_DELAY_SECONDS
    ? 0
    : 1 + Math.ceil(Math.log(seconds / LEAST_DELAY_SECONDS) / Math.log(DELAY_RATIO));
}

/**
 * The spare share of capacity at which the stationary wait equals the mean wait over a step of a queue that starts empty
 * with arrivals at exactly its capacity: E|B(t)| = sqrt(2 v t / pi), averaged over the step.
 */
function spareWhenFull({ workersPerReplica, serviceSeconds, variability }: ServiceModel, stepSeconds: number): number {
  const spare =
    0.75 * Math.sqrt((Math.PI * waitFactor(variability) * serviceSeconds) / (workersPerReplica * stepSeconds));
  return Math.min(MOST_SPARE, Math.max(LEAST_SPARE, spare));
}
