import type { CostEntry } from '../../contract/index.ts';
import type { CostConfig } from './config.ts';
import { DEFAULTS } from './defaults.ts';
import type { FaultPath } from './fault.ts';

/**
 * What is declared of costs, complete: a tier that is not named costs `replicaHour`, which `fault` is told where it is
 * missing.
 */
export function compileCost(
  entry: CostEntry | undefined,
  fault: (path: FaultPath, problem: string) => void
): CostConfig {
  const { tierReplicaHour, weights, currency, ...prices } = entry ?? {};
  const { replicaHour } = prices;
  const { committed = replicaHour, reserved = replicaHour, burst = replicaHour } = tierReplicaHour ?? {};
  if (tierReplicaHour !== undefined && (committed === undefined || reserved === undefined || burst === undefined)) {
    fault(['tierReplicaHour'], 'needs replicaHour: the price of a tier that is not named');
  }
  return {
    ...definedOnly(prices),
    ...(tierReplicaHour === undefined || committed === undefined || reserved === undefined || burst === undefined
      ? {}
      : { tierReplicaHour: { committed, reserved, burst } }),
    ...(weights === undefined ? {} : { weights: definedOnly(weights) }),
    currency: currency ?? DEFAULTS.cost.currency,
  };
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
