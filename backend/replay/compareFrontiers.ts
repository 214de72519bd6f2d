import { alongFrontier } from './alongFrontier.ts';
import type { PolicyScore } from './policyScore.ts';

/** HPA at one target beside Headroom; null where one of them has no such point. */
export interface Comparison {
  readonly target: number;
  readonly violationShare: number;
  /** Replica-hours of the cheapest HPA with no more violations, and what Headroom needs for the same. */
  readonly hpaReplicaHours: number;
  readonly headroomReplicaHours: number | null;
  readonly costSavingAtEqualViolations: number | null;
  readonly violationReductionAtEqualCost: number | null;
  readonly costOverOracle: number | null;
  /** Of Headroom's cheapest point with no more violations, and of HPA at this target. */
  readonly unservedShare: number | null;
  readonly hpaUnservedShare: number;
}

/** A point of a sweep with its setting. */
export interface SweptPoint {
  readonly setting: number;
  readonly score: PolicyScore;
}

const share = ({ score }: SweptPoint): number => score.violationShare;
const hours = ({ score }: SweptPoint): number => score.replicaHours;

/** Compares at each HPA target that has violations; costs are compared in replica-hours, whose price drops out. */
export function compareFrontiers(
  hpa: readonly SweptPoint[],
  headroom: readonly SweptPoint[],
  oracle: PolicyScore
): readonly Comparison[] {
  return hpa
    .filter((point) => share(point) > 0)
    .map((point) => {
      const theirs = alongFrontier(hpa, share, hours, share(point))!;
      const ours = alongFrontier(headroom, share, hours, share(point));
      const theirShare = alongFrontier(hpa, hours, share, hours(point));
      const ourShare = alongFrontier(headroom, hours, share, hours(point));
      const served = headroom.filter((each) => share(each) <= share(point)).sort((a, b) => hours(a) - hours(b))[0];
      return {
        target: point.setting,
        violationShare: share(point),
        hpaReplicaHours: theirs,
        headroomReplicaHours: ours,
        costSavingAtEqualViolations: ours === null ? null : 1 - ours / theirs,
        violationReductionAtEqualCost:
          ourShare === null || theirShare === null || theirShare === 0 ? null : 1 - ourShare / theirShare,
        costOverOracle: ours === null || oracle.replicaHours === 0 ? null : ours / oracle.replicaHours - 1,
        unservedShare: served?.score.unservedShare ?? null,
        hpaUnservedShare: point.score.unservedShare,
      };
    });
}
