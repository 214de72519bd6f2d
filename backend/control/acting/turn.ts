import type { Mode, Reason } from '../../../contract/index.ts';
import { decideScaling, type ScalingDecision, type ScalingSituation, type TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ActionRecord } from './actionRecord.ts';
import { HEADROOM, type ActorDeps } from './actorDeps.ts';
import { askedNow } from './askedNow.ts';
import { checkOf } from './checkOf.ts';
import type { Hands } from './hands.ts';
import { measuredNeed } from './measuredNeed.ts';
import { objectionText } from './objectionTo.ts';
import { policyOf } from './policyOf.ts';
import { formerSetting } from './settingsOf.ts';
import { Shadow } from './shadow.ts';
import { sloNow } from './sloNow.ts';
import { settingOf, wordsOf, type SeenTarget } from './transactions.ts';
import { wishOf } from './wishOf.ts';
import { Wishes } from './wishes.ts';

/** A way back that could not be made is tried again for so long. */
const ROLL_BACK_SECONDS = 900;

/** One look at a workload after the other: what is seen, what is decided of it, what of that is done. */
export class Turn {
  readonly #hands: Hands;
  readonly #deps: ActorDeps;
  readonly #wishes: Wishes;
  readonly #shadow: Shadow;
  #decision: ScalingDecision | undefined;
  #decidedAt: number | undefined;
  #isLowering = false;

  constructor(hands: Hands, deps: ActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
    this.#wishes = new Wishes(hands.workload, deps.storage);
    this.#shadow = new Shadow(hands.workload, deps.storage);
  }

  get decision(): ScalingDecision | undefined {
    return this.#decision;
  }

  get decidedAt(): number | undefined {
    return this.#decidedAt;
  }

  /** It is being lowered at this moment, which others have to know before it is recorded. */
  get isLowering(): boolean {
    return this.#isLowering;
  }

  async restore(): Promise<void> {
    await this.#wishes.restore();
    await this.#shadow.restore();
  }

  async run(signal: AbortSignal): Promise<void> {
    const view = this.#deps.view();
    if (view === undefined) {
      return;
    }
    const mode = this.#deps.consent.modeOf(view.config);
    const seen = await this.#hands.look(signal);
    if (signal.aborted) {
      return;
    }
    const situation = this.#situation(view, mode, seen);
    if (this.#hands.mayAct && (await this.#goOn(view, mode, situation, seen, signal))) {
      return;
    }
    const decision = decideScaling(situation);
    this.#decision = decision;
    this.#decidedAt = situation.nowSeconds;
    if (this.#hands.mayAct && seen.kind === 'read') {
      this.#isLowering = mode !== 'observe' && decision.kind === 'change' && decision.direction === 'in';
      try {
        await this.#follow(decision, situation, mode, seen.state, signal);
      } finally {
        this.#isLowering = false;
      }
    }
  }

  #situation(view: WorkloadView, mode: Mode, seen: SeenTarget): ScalingSituation {
    const { nowSeconds, fleet, consent, others } = this.#deps;
    const now = nowSeconds();
    const policy = policyOf(view.config, fleet());
    const state = seen.kind === 'read' ? seen.state : undefined;
    const isShadowed = mode === 'observe' && state !== undefined && !state.isHeld;
    const { approval } = this.#hands;
    const present = askedNow(wishOf(view, now), mode, approval, now, view.config.scaling.leadTimeSeconds);
    const wish = this.#wishes.next(present, {
      nowSeconds: now,
      stabilizationSeconds: policy.stabilizationSeconds,
      standing: state?.setting.floor,
      hasConflict: (state?.conflicts.length ?? 0) > 0,
    });
    const { lostSince } = this.#wishes;
    return {
      nowSeconds: now,
      policy,
      wish,
      measured: measuredNeed(view, now, policy.reactiveUtilization),
      isSloViolated: sloNow(view, now) === 'violated',
      ...(lostSince === undefined ? {} : { conflictSinceSeconds: lostSince }),
      target:
        seen.kind === 'unread'
          ? { kind: 'unread', reason: wordsOf(seen.error) }
          : isShadowed
            ? this.#shadow.seen(seen.state)
            : seen,
      // In mode observe nothing is held: what was held before goes back.
      pause:
        mode === 'observe' && state?.isHeld === true
          ? { out: true, in: true, reason: 'the mode is observe' }
          : consent.pauseOf(this.#hands.workload),
      past: mode === 'observe' ? this.#shadow.past : this.#hands.past.all,
      get fleet() {
        return others();
      },
    };
  }

  /** What was begun before is gone on with first; true where that takes up the turn. */
  async #goOn(
    view: WorkloadView,
    mode: Mode,
    situation: ScalingSituation,
    seen: SeenTarget,
    signal: AbortSignal
  ): Promise<boolean> {
    const end = await this.#hands.settle(seen, (action) => this.#objection(action, situation), signal);
    if (end !== undefined) {
      return true;
    }
    await this.#wishes.keep();
    const { approval } = this.#hands;
    if (approval !== undefined && (mode === 'observe' || situation.nowSeconds >= approval.until)) {
      await this.#hands.setApproval(undefined);
    }
    return seen.kind === 'read' && (await this.#watchOn(view, seen.state, situation.nowSeconds, signal));
  }

  /** What Headroom began by itself is made only where the same would be decided now. */
  #objection(action: ActionRecord, situation: ScalingSituation): string | undefined {
    const { target } = situation;
    if (target.kind !== 'read') {
      return 'the target could not be read';
    }
    if (action.who !== HEADROOM || action.kind === 'rollback') {
      return objectionText(action.set, target.state, checkOf(this.#hands, this.#deps));
    }
    const now = decideScaling(situation);
    const set = now.kind === 'change' ? now.set : 'original';
    const isSame =
      now.kind === action.kind &&
      (set === 'original' || action.set === 'original'
        ? set === action.set
        : set.floor === action.set.floor && set.utilization === action.set.utilization);
    return isSame ? undefined : 'something else is decided now';
  }

  async #follow(
    decision: ScalingDecision,
    situation: ScalingSituation,
    mode: Mode,
    state: TargetState,
    signal: AbortSignal
  ): Promise<void> {
    const { nowSeconds: now, measured, pause, wish, isSloViolated } = situation;
    if (mode === 'observe' && !state.isHeld) {
      await this.#shadow.follow(decision, now, measured, state);
      return;
    }
    const isResting = this.#hands.rest.untilSeconds(now) !== undefined && !isDue(decision, state, mode, situation);
    if (decision.kind !== 'hold' && !isResting) {
      await this.#carryOut(decision, state, now, signal);
      return;
    }
    const isOwners = state.setting.utilization === state.original.utilization;
    const isKept = decision.kind === 'hold' ? wish.kind === 'fresh' || isSloViolated : isOwners;
    if (state.isHeld && isKept && mode !== 'observe' && !(pause.out && pause.in) && state.conflicts.length === 0) {
      await this.#hands.renew(state, signal);
    }
  }

  async #carryOut(
    decision: Exclude<ScalingDecision, { kind: 'hold' }>,
    state: TargetState,
    now: number,
    signal: AbortSignal
  ): Promise<void> {
    if (this.#hands.backOff.untilSeconds(now) !== undefined) {
      return;
    }
    const { kind, reasons } = decision;
    const set = kind === 'change' ? decision.set : ('original' as const);
    const id = this.#hands.idOf(kind, state);
    await this.#hands.act({ id, who: HEADROOM, kind, set, reasons: [...reasons] }, state, signal);
    if (state.conflicts.length > 0) {
      this.#hands.restAfterRollback();
    }
  }

  /** Looks at the change that is watched; true where it was rolled back now. */
  async #watchOn(view: WorkloadView, state: TargetState, now: number, signal: AbortSignal): Promise<boolean> {
    const { watch, backOff } = this.#hands;
    const verdict = await watch.look(view, state, now);
    if (verdict === undefined) {
      return false;
    }
    const { action, at, code, text } = verdict;
    const set = formerSetting(settingOf(action.before), state, view.config.scaling);
    const stood = action.set === 'original' ? action.original : action.set;
    const isStill = state.conflicts.length === 0 && state.setting.floor === stood.floor;
    if (
      !isStill ||
      Math.abs(now - at) > ROLL_BACK_SECONDS ||
      objectionText(set, state, checkOf(this.#hands, this.#deps)) !== undefined
    ) {
      await watch.end();
      return false;
    }
    if (backOff.untilSeconds(now) !== undefined) {
      return false;
    }
    await this.#hands.setApproval(undefined);
    const reasons: Reason[] = [{ code, text }];
    const id = this.#hands.idOf('rollback', state);
    await this.#hands.act({ id, who: HEADROOM, kind: 'rollback', set, reasons }, state, signal);
    this.#hands.restAfterRollback();
    return true;
  }
}

/** What people ask for, and what takes a relaxed utilisation target back, waits for no rest. */
function isDue(
  decision: ScalingDecision,
  { setting, original }: TargetState,
  mode: Mode,
  { pause }: ScalingSituation
): boolean {
  if (decision.kind === 'giveBack') {
    return mode === 'observe' || (pause.out && pause.in);
  }
  return (
    decision.kind === 'change' &&
    decision.set.floor === setting.floor &&
    decision.set.utilization === original.utilization
  );
}
