import { z } from 'zod';
import type {
  MeasuredNeed,
  PastChange,
  ScalingDecision,
  ScalingSituation,
  TargetSetting,
  TargetState,
} from '../../scaling/index.ts';
import { actionId } from './actionId.ts';
import type { ActingStorage } from './actionRecord.ts';

const shadowSchema = z.object({
  setting: z.object({ floor: z.number(), utilization: z.number().optional() }),
  at: z.number(),
  /** The most that was measured to be needed since, fully busy. */
  mostNeed: z.number(),
});

const PAST_SECONDS = 86_400;

/** What would stand if Headroom had acted: each change is recorded as one that would have been made, and how it went. */
export class Shadow {
  readonly #workload: string;
  readonly #storage: ActingStorage;
  #stored: z.infer<typeof shadowSchema> | undefined;
  #past: PastChange[] = [];

  constructor(workload: string, storage: ActingStorage) {
    this.#workload = workload;
    this.#storage = storage;
  }

  /** Changes that would have been made. */
  get past(): readonly PastChange[] {
    return this.#past;
  }

  async restore(): Promise<void> {
    const parsed = shadowSchema.safeParse(await this.#storage.setting(this.#key()));
    this.#stored = parsed.success ? parsed.data : undefined;
  }

  /** The target as if what would have been done had been done. */
  seen(state: TargetState): ScalingSituation['target'] {
    const setting = this.#stored?.setting;
    return {
      kind: 'read',
      state:
        setting === undefined
          ? state
          : {
              ...state,
              setting: {
                floor: setting.floor,
                ...(state.original.utilization === undefined
                  ? {}
                  : { utilization: setting.utilization ?? state.original.utilization }),
              },
              isHeld: true,
            },
    };
  }

  /** Follows a decision that nobody carries out; `measured` tells how the former one went. */
  async follow(
    decision: ScalingDecision,
    nowSeconds: number,
    measured: MeasuredNeed,
    state: TargetState
  ): Promise<void> {
    const stored = this.#stored;
    if (stored !== undefined && measured.kind === 'observed' && measured.replicas > stored.mostNeed) {
      this.#stored = { ...stored, mostNeed: measured.replicas };
    }
    if (decision.kind === 'hold') {
      return;
    }
    const before = stored?.setting ?? null;
    const after: TargetSetting | 'original' = decision.kind === 'change' ? decision.set : 'original';
    const mostNeed = this.#stored?.mostNeed;
    await this.#storage.appendDecision({
      id: actionId('would', this.#workload, String(nowSeconds)),
      at: nowSeconds,
      who: 'headroom',
      what: 'would',
      workload: this.#workload,
      why: decision.reasons.map(({ text }) => text),
      before: before ?? state.setting,
      after,
      outcome:
        before === null || mostNeed === undefined || mostNeed === 0
          ? 'observed: not carried out in mode observe'
          : `observed: not carried out in mode observe; under the former floor of ${String(before.floor)} at most ${String(mostNeed)} replicas were needed`,
    });
    if (after === 'original') {
      await this.#storage.deleteSetting(this.#key());
      this.#stored = undefined;
      this.#note(nowSeconds, (before ?? state.setting).floor, state.original.floor);
    } else {
      const next = { setting: { ...after }, at: nowSeconds, mostNeed: 0 };
      await this.#storage.setSetting(this.#key(), next);
      this.#stored = next;
      this.#note(nowSeconds, (before ?? state.setting).floor, after.floor);
    }
  }

  #note(atSeconds: number, from: number, to: number): void {
    this.#past = [...this.#past.filter((each) => each.atSeconds > atSeconds - PAST_SECONDS), { atSeconds, from, to }];
  }

  #key(): string {
    return `acting/shadow/${this.#workload}`;
  }
}
