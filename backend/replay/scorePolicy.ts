import type { PolicyScore } from './policyScore.ts';
import type { ReplayService } from './replayService.ts';
import type { PolicyRun } from './runPolicy.ts';

const HOUR = 3600;
const MINUTE = 60;

/**
 * Scores a run against `demand`, `[row]`, NaN where it is missing: such rows count neither as served nor as violated.
 *
 * A replica is paid from the decision that asked for it until `drainSeconds` after the one that removes it.
 */
export function scorePolicy(
  { desired, readyAtRow }: PolicyRun,
  demand: Float64Array,
  stepSeconds: number,
  service: ReplayService
): PolicyScore {
  const { perReplica, drainSeconds, hpa, replicaHour, violationMinute } = service;
  let [paid, removed, scaleUps, scaleDowns] = [0, 0, 0, 0];
  for (let tick = 0; tick < desired.length; tick++) {
    const change = tick === 0 ? 0 : desired[tick]! - desired[tick - 1]!;
    paid += desired[tick]!;
    removed += Math.max(0, -change);
    scaleUps += change > 0 ? 1 : 0;
    scaleDowns += change < 0 ? 1 : 0;
  }
  let [known, violations, total, unserved] = [0, 0, 0, 0];
  for (let row = 0; row < demand.length; row++) {
    const value = demand[row]!;
    if (!Number.isNaN(value)) {
      const short = value - readyAtRow[row]! * perReplica;
      known++;
      violations += short > 0 ? 1 : 0;
      unserved += Math.max(0, short);
      total += value;
    }
  }
  const replicaHours = (paid * hpa.syncSeconds + removed * drainSeconds) / HOUR;
  const violationMinutes = (violations * stepSeconds) / MINUTE;
  const replicaCost = replicaHour === undefined ? null : replicaHours * replicaHour;
  const violationCost = violationMinute === undefined ? null : violationMinutes * violationMinute;
  return {
    replicaHours,
    violationMinutes,
    violationShare: known === 0 ? 0 : violations / known,
    unservedShare: total > 0 ? unserved / total : 0,
    scaleUps,
    scaleDowns,
    replicaCost,
    violationCost,
    cost: replicaCost === null || violationCost === null ? null : replicaCost + violationCost,
  };
}
