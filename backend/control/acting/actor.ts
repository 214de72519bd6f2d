import type { Decision, Reason, Recommendation } from '../../../contract/index.ts';
import type { ScaleTarget, TargetPreview, TargetSetting, TargetState } from '../../scaling/index.ts';
import { HEADROOM, type ActingView, type ActorDeps, type Click } from './actorDeps.ts';
import { checkOf } from './checkOf.ts';
import { Clicks } from './clicks.ts';
import { Hands } from './hands.ts';
import { withUtilization } from './settingsOf.ts';
import { Turn } from './turn.ts';
import { Unrecorded } from './unrecorded.ts';
import { Turns } from '../turns.ts';

/** Decides, acts, watches and rolls back for one workload; `turn` is one look, and turns never overlap. */
export class Actor {
  readonly workload: string;
  readonly #deps: ActorDeps;
  readonly #hands: Hands;
  readonly #turn: Turn;
  readonly #clicks: Clicks;
  readonly #unrecorded: Unrecorded;
  /** Under which lease was taken up what was left. */
  #restoredFence: number | undefined;
  readonly #turns = new Turns();

  constructor(workload: string, target: ScaleTarget, deps: ActorDeps) {
    this.workload = workload;
    this.#deps = deps;
    this.#hands = new Hands(workload, target, deps);
    this.#turn = new Turn(this.#hands, deps);
    this.#clicks = new Clicks(this.#hands, deps);
    this.#unrecorded = new Unrecorded(this.#hands, deps);
  }

  get target(): ScaleTarget {
    return this.#hands.target;
  }

  /** Whether the floor was lowered since then, or is at this moment. */
  isLoweredSince(sinceSeconds: number): boolean {
    return this.#turn.isLowering || this.#hands.past.loweredAtSeconds.some((at) => at > sinceSeconds);
  }

  view(): ActingView {
    const { state, problem, approval, open, watch, target, rest, backOff } = this.#hands;
    const { decision, decidedAt } = this.#turn;
    const now = this.#deps.nowSeconds();
    const rests = [rest, backOff].map((each) => each.untilSeconds(now)).filter((each) => each !== undefined);
    return {
      target: { kind: target.kind, name: target.name, isExperimental: target.ability.isExperimental },
      ...(state === undefined ? {} : { state }),
      ...(decision === undefined ? {} : { decision }),
      ...(decidedAt === undefined ? {} : { decidedAt }),
      ...(problem === undefined ? {} : { problem }),
      ...(rests.length === 0 ? {} : { restsUntil: Math.max(...rests) }),
      isUnsure: open !== undefined,
      ...(approval === undefined ? {} : { approval }),
      isWatching: watch.record !== undefined,
    };
  }

  /** Takes up what was left, before anybody looks at others; what the storage refuses is tried again at the turn. */
  restore(): Promise<void> {
    return this.#turns
      .take(() => this.#restore())
      .catch((error: unknown) => {
        this.#hands.endTurn(error);
      });
  }

  /** One look. Never rejects for what target or storage did: that ends up in the view and the hooks. */
  turn(signal: AbortSignal): Promise<void> {
    return this.#turns.take(async () => {
      const problem = await this.#look(signal);
      if (!signal.aborted) {
        this.#hands.endTurn(problem);
      }
    });
  }

  /** A whole turn; gives back what it ended in, if in a failure. */
  async #look(signal: AbortSignal): Promise<unknown> {
    const failed = (error: unknown): unknown => error;
    const problem = await this.#run(signal).then(() => undefined, failed);
    return signal.aborted ? problem : this.#unrecorded.after(problem, signal).catch(failed);
  }

  async #run(signal: AbortSignal): Promise<void> {
    await this.#unrecorded.settle(signal);
    await this.#restore();
    await this.#turn.run(signal);
  }

  /** What approving would change, asked of the target without doing it. */
  preview(
    recommendation: Recommendation,
    signal: AbortSignal
  ): Promise<TargetPreview & { readonly set: TargetSetting }> {
    return this.#turns.take(() => this.#clicks.preview(recommendation, signal));
  }

  /**
   * Does what a recommendation proposes; the same key acts once, also after a crash in between. `check` throws where it
   * must not be done, and is not asked for what is done already.
   */
  approve(
    recommendation: Recommendation,
    click: Click & { readonly check: () => void | Promise<void> },
    signal: AbortSignal
  ): Promise<Decision> {
    return this.#turns.take(async () => {
      await this.#unrecorded.settle(signal);
      await this.#restore();
      return this.#clicks.approve(recommendation, click, signal);
    });
  }

  /** Puts back what stood before a recommendation was carried out; `check` is as of `approve`. */
  rollBack(
    recommendationId: string,
    click: Click & { readonly check?: () => Promise<void> },
    signal: AbortSignal
  ): Promise<Decision> {
    return this.#turns.take(async () => {
      await this.#unrecorded.settle(signal);
      await this.#restore();
      return this.#clicks.rollBack(recommendationId, click, signal);
    });
  }

  /**
   * Gives everything back, as on a stop: what nothing else scales stays. While the SLO is violated, and on a stop while
   * lowering is paused, only the utilisation target goes back, which adds capacity; the floor is the watchdog's.
   */
  async giveBack(reason: Reason, signal: AbortSignal): Promise<void> {
    await this.#turns.take(async () => {
      const hands = this.#hands;
      if (!hands.mayAct || !hands.target.ability.reads) {
        return;
      }
      await this.#unrecorded.settle(signal);
      await this.#restore();
      const state = await hands.read(signal);
      while (hands.open !== undefined) {
        await hands.settle({ kind: 'read', state }, () => 'everything is given back', signal);
      }
      const { setting, original, isHeld, isSoleOwner } = state;
      if (!isHeld || isSoleOwner) {
        return;
      }
      const isPaused = reason.code === 'stopped' && this.#isLoweringPaused(state) && original.floor < setting.floor;
      const isViolated = this.#deps.view() !== undefined && checkOf(hands, this.#deps).isSloViolated;
      const isToStay = isViolated || isPaused;
      if (isToStay && setting.utilization === original.utilization) {
        return;
      }
      const id = hands.idOf('giveBack', state);
      const asked = { id, who: HEADROOM, reasons: [reason] };
      await hands.act(
        isToStay
          ? { ...asked, kind: 'change', set: withUtilization(setting.floor, original.utilization) }
          : { ...asked, kind: 'giveBack', set: 'original' },
        state,
        signal
      );
    });
  }

  #isLoweringPaused({ paused }: TargetState): boolean {
    return this.#deps.consent.pauseOf(this.workload).in || paused?.in === true;
  }

  /** Whoever acts may be another one each time: what it left is taken up under each new lease, and while waiting. */
  async #restore(): Promise<void> {
    const fence = this.#deps.fence();
    if (fence !== undefined && fence === this.#restoredFence) {
      return;
    }
    await this.#hands.restore();
    await this.#turn.restore();
    this.#restoredFence = fence;
  }
}
