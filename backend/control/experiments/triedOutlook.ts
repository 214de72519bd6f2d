import type { Outlook } from '../../allocation/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import type { Compute, OutlookJob } from '../compute.ts';
import { isSameArm, type ModelArm } from './armSetting.ts';

/** Learnt anew for the outlook that is shown, if at all. */
function asKnown(capacity: NonNullable<OutlookJob['capacity']>): NonNullable<OutlookJob['capacity']> {
  const { history, promise, learnsPerReplica, refits } = capacity;
  return {
    ...{ history, learnsPerReplica },
    ...(promise === undefined ? {} : { promise }),
    ...(refits === undefined ? {} : { refits }),
  };
}

/**
 * What a challenger that a test tries would advise, from the same histories as the outlook that is shown: it says
 * nothing but the floor, so that what is published, kept and learnt from stays the champion's.
 */
export class TriedOutlook {
  readonly #compute: Pick<Compute, 'outlook'>;
  #known: { readonly arm: ModelArm; readonly outlook: Outlook } | undefined;

  constructor(compute: Pick<Compute, 'outlook'>) {
    this.#compute = compute;
  }

  /** Follows an outlook that was issued; resolves with why there is nothing of the challenger's, where it failed. */
  async follow(job: OutlookJob, arm: ModelArm): Promise<string | undefined> {
    const { model, origin, version } = arm;
    const before = this.#known;
    const counts = before !== undefined && isSameArm(before.arm, arm) ? before.outlook.replicas?.total : undefined;
    const standing = counts === undefined ? {} : { standing: { grid: before!.outlook.grid, counts } };
    try {
      const { assessment } = await this.#compute.outlook({
        ...job,
        ...(job.capacity === undefined ? {} : { capacity: asKnown(job.capacity) }),
        assessment: { ...job.assessment, ...standing },
        tried: { name: model, version: { origin, version } },
      });
      this.#known = { arm, outlook: assessment.outlook };
      return undefined;
    } catch (error) {
      this.#known = undefined;
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Nothing is tried: what was said before is forgotten. */
  end(): void {
    this.#known = undefined;
  }

  /** The floor that a challenger asks for at this moment, not older than `mostSeconds`; undefined where it says none. */
  floorAt(nowSeconds: number, arm: ModelArm, mostSeconds: number): number | undefined {
    const known = this.#known;
    if (known === undefined || !isSameArm(known.arm, arm) || nowSeconds - known.outlook.cutoffSeconds > mostSeconds) {
      return undefined;
    }
    const floor = known.outlook.replicas?.total[gridIndexAt(known.outlook.grid, nowSeconds)];
    return floor !== undefined && Number.isFinite(floor) ? floor : undefined;
  }
}
