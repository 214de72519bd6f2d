import { z } from 'zod';
import type { ScalingWish } from '../../scaling/index.ts';
import type { ActingStorage } from './actionRecord.ts';
import type { PresentWish } from './wishOf.ts';

const lostSchema = z.object({ sinceSeconds: z.number() });

export interface WishContext {
  readonly nowSeconds: number;
  readonly stabilizationSeconds: number;
  /** The floor that stands, where it could be read. */
  readonly standing: number | undefined;
  /** Somebody else writes it: nothing is built on the forecast either. */
  readonly hasConflict: boolean;
}

/** What was wished for of late, and since when nothing can be built on a forecast; the latter survives a restart. */
export class Wishes {
  readonly #workload: string;
  readonly #storage: ActingStorage;
  #ofLate: ReadonlyArray<{ readonly atSeconds: number; readonly floor: number }> = [];
  #lostSince: number | undefined;
  #keptSince: number | undefined;

  constructor(workload: string, storage: ActingStorage) {
    this.#workload = workload;
    this.#storage = storage;
  }

  /** Since when nothing is built on a forecast; undefined while something is. */
  get lostSince(): number | undefined {
    return this.#lostSince;
  }

  async restore(): Promise<void> {
    const parsed = lostSchema.safeParse(await this.#storage.setting(this.#key()));
    this.#keptSince = parsed.success ? parsed.data.sinceSeconds : undefined;
    this.#lostSince = this.#keptSince;
  }

  /**
   * The wish with its memory. Where nothing is remembered, as after a start or a loss, what stands counts as wished for:
   * a forecast that comes back lowers nothing at once. The latest wish counts as of now however far the clock jumped. What lies in the future, where the clock jumped back, is of now.
   */
  next(present: PresentWish, { nowSeconds, stabilizationSeconds, standing, hasConflict }: WishContext): ScalingWish {
    this.#lostSince =
      present.kind === 'lost' || hasConflict ? Math.min(nowSeconds, this.#lostSince ?? nowSeconds) : undefined;
    if (present.kind === 'lost') {
      this.#ofLate = [];
      return { ...present, sinceSeconds: this.#lostSince ?? nowSeconds };
    }
    const floor = Math.ceil(present.floor);
    const { length } = this.#ofLate;
    const kept = this.#ofLate
      .map(({ atSeconds, floor: wished }, index) => {
        const isOld = atSeconds <= nowSeconds - stabilizationSeconds;
        return {
          atSeconds: isOld && index === length - 1 ? nowSeconds : Math.min(atSeconds, nowSeconds),
          floor: wished,
        };
      })
      .filter(({ atSeconds }) => atSeconds > nowSeconds - stabilizationSeconds);
    const seed = this.#ofLate.length > 0 || standing === undefined ? [] : [{ atSeconds: nowSeconds, floor: standing }];
    // Until the target was read nobody knows what stands, so nothing is remembered that would hide it.
    this.#ofLate =
      standing === undefined && this.#ofLate.length === 0 ? [] : [...kept, ...seed, { atSeconds: nowSeconds, floor }];
    const mostOfLate = this.#ofLate.reduce((most, each) => Math.max(most, each.floor), floor);
    return { ...present, floor, mostOfLate };
  }

  /** Keeps since when; the same is kept once. */
  async keep(): Promise<void> {
    const since = this.#lostSince;
    if (since === this.#keptSince) {
      return;
    }
    await (since === undefined
      ? this.#storage.deleteSetting(this.#key())
      : this.#storage.setSetting(this.#key(), { sinceSeconds: since }));
    this.#keptSince = since;
  }

  #key(): string {
    return `acting/lost/${this.#workload}`;
  }
}
