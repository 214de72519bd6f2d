import { hashName } from '../hashName.ts';
import type { RetrainingRecord } from './retrainingRecord.ts';

/** Why a model is to be retrained now, and how far; since when it is due. */
export interface Due {
  readonly sinceSeconds: number;
  readonly reach: 'tune' | 'full';
  readonly why: string;
}

/**
 * Whether a model of a workload is to be retrained: asked for, or by the schedule. Of each interval every pair of a
 * workload and a model has an instant of its own, by its name, so that a fleet is spread evenly.
 */
export function retrainingDue(
  workload: string,
  name: string,
  record: RetrainingRecord,
  intervalSeconds: number,
  nowSeconds: number
): Due | undefined {
  const { wanted, retryAtSeconds, lastAtSeconds, firstSeenSeconds } = record;
  if (retryAtSeconds !== null && nowSeconds < retryAtSeconds) {
    return undefined;
  }
  if (wanted !== null) {
    return { sinceSeconds: wanted.atSeconds, reach: wanted.reach, why: wanted.why };
  }
  const phase = (hashName(`${workload}/${name}`) / 2 ** 32) * intervalSeconds;
  const last = Math.max(lastAtSeconds ?? firstSeenSeconds, firstSeenSeconds);
  const dueSeconds = (Math.floor((last - phase) / intervalSeconds) + 1) * intervalSeconds + phase;
  return nowSeconds >= dueSeconds ? { sinceSeconds: dueSeconds, reach: 'tune', why: 'it is its time' } : undefined;
}
