import { responseTail } from '../responseTail.ts';
import type { Variability } from '../variability.ts';
import type { LoadBin } from './loadBins.ts';

/** A replica whose latency rises with its load as measured. */
export interface LatencyCurve {
  readonly workersPerReplica: number;
  readonly serviceSeconds: number;
  readonly variability: Variability;
  /** Mean distance of the logarithms. */
  readonly error: number;
}

const WORKERS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
const ARRIVALS = [0, 0.5, 1, 2, 4, 8];
const SERVICE_SHARES = Array.from({ length: 31 }, (_, i) => 1.15 * 0.94 ** i);
const TABLE_STEPS = 48;
const MOST_UTILIZATION = 0.99;

/**
 * The pool of workers whose latency at `quantile` is nearest to the bins', in the mean of absolute logarithms.
 *
 * Service times are taken to be exponential and the least load's latency to be little more than them.
 */
export function latencyCurve(bins: readonly LoadBin[], quantile: number, unitSeconds: number): LatencyCurve {
  const least = Math.min(...bins.map(({ median }) => median));
  const alone = least / -Math.log(1 - quantile);
  let best: LatencyCurve | undefined;
  for (const workersPerReplica of WORKERS) {
    for (const arrivals of ARRIVALS) {
      const variability = { arrivals, service: 1 };
      const table = quantileTable(workersPerReplica, variability, quantile);
      for (const share of SERVICE_SHARES) {
        const serviceSeconds = alone * share;
        const limit = best?.error ?? Number.POSITIVE_INFINITY;
        const error = curveError(
          bins,
          table,
          serviceSeconds,
          serviceSeconds / (unitSeconds * workersPerReplica),
          limit
        );
        if (error < limit) {
          best = { workersPerReplica, serviceSeconds, variability, error };
        }
      }
    }
  }
  return best!;
}

const tables = new Map<string, Float64Array>();

/** The latency in service times at equal steps of the wait that utilisation brings, 1 / (1 - utilisation) on a log scale. */
function quantileTable(workers: number, variability: Variability, quantile: number): Float64Array {
  const key = `${String(workers)}/${String(variability.arrivals)}/${String(quantile)}`;
  const known = tables.get(key);
  if (known !== undefined) {
    return known;
  }
  const table = Float64Array.from({ length: TABLE_STEPS + 1 }, (_, i) => {
    const utilization = 1 - (1 - MOST_UTILIZATION) ** (i / TABLE_STEPS);
    const tail = responseTail(workers, utilization * workers, 1, variability);
    let [low, high] = [0, 1];
    while (tail(high) > 1 - quantile) {
      [low, high] = [high, 2 * high];
    }
    for (let round = 0; round < 24; round++) {
      const middle = (low + high) / 2;
      [low, high] = tail(middle) > 1 - quantile ? [middle, high] : [low, middle];
    }
    return Math.log(high);
  });
  if (tables.size < 4 * WORKERS.length * ARRIVALS.length) {
    tables.set(key, table);
  }
  return table;
}

function curveError(
  bins: readonly LoadBin[],
  table: Float64Array,
  serviceSeconds: number,
  utilizationPerUnit: number,
  limit: number
): number {
  const [logService, scale] = [Math.log(serviceSeconds), TABLE_STEPS / Math.log(1 - MOST_UTILIZATION)];
  let sum = 0;
  for (const { load, median } of bins) {
    const utilization = Math.min(MOST_UTILIZATION, load * utilizationPerUnit);
    const place = scale * Math.log(1 - utilization);
    const cell = Math.min(TABLE_STEPS - 1, Math.floor(place));
    const predicted = table[cell]! + (place - cell) * (table[cell + 1]! - table[cell]!);
    sum += Math.abs(logService + predicted - Math.log(median));
    if (sum >= limit * bins.length) {
      return Number.POSITIVE_INFINITY;
    }
  }
  return sum / bins.length;
}
