import type { Mode } from '../../../contract/index.ts';
import { decideScaling, type ScalingDecision, type ScalingSituation, type TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import type { ActionRecord } from './actionRecord.ts';
import { HEADROOM, type ActorDeps } from './actorDeps.ts';
import { checkOf } from './checkOf.ts';
import type { Hands } from './hands.ts';
import { isDue } from './isDue.ts';
import { lookBack } from './lookBack.ts';
import { objectionText } from './objectionTo.ts';
import type { SeenTarget } from './seenTarget.ts';
import { Situations } from './situations.ts';

/** One look at a workload after the other: what is seen, what is decided of it, what of that is done. */
export class Turn {
  readonly #hands: Hands;
  readonly #deps: ActorDeps;
  readonly #situations: Situations;
  #decision: ScalingDecision | undefined;
  #decidedAt: number | undefined;
  #isLowering = false;

  constructor(hands: Hands, deps: ActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
    this.#situations = new Situations(hands, deps);
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

  restore(): Promise<void> {
    return this.#situations.restore();
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
    const situation = this.#situations.of(view, mode, seen);
    if (this.#hands.mayAct && (await this.#goOn(view, mode, situation, seen, signal))) {
      return;
    }
    const decision = decideScaling(situation);
    this.#decision = decision;
    this.#decidedAt = situation.nowSeconds;
    const isNothing = decision.kind === 'hold' || (mode === 'observe' && !(seen.kind === 'read' && seen.state.isHeld));
    if (seen.kind === 'read' && isNothing) {
      this.#hands.wantNothing();
    }
    if (this.#hands.mayAct && seen.kind === 'read') {
      this.#isLowering = mode !== 'observe' && decision.kind === 'change' && decision.direction === 'in';
      try {
        await this.#follow(decision, situation, mode, seen.state, signal);
      } finally {
        this.#isLowering = false;
      }
    }
  }

  /** What was begun before is gone on with first; true where that takes up the turn. */
  async #goOn(
    view: WorkloadView,
    mode: Mode,
    situation: ScalingSituation,
    seen: SeenTarget,
    signal: AbortSignal
  ): Promise<boolean> {
    const end = await this.#hands.settle(seen, (action) => this.#objection(action, mode, situation), signal);
    if (end !== undefined) {
      return true;
    }
    await this.#situations.keep();
    const { approval } = this.#hands;
    if (approval !== undefined && (mode === 'observe' || situation.nowSeconds >= approval.until)) {
      await this.#hands.setApproval(undefined);
    }
    if (seen.kind === 'unread') {
      return false;
    }
    const looked = { view, state: seen.state, now: situation.nowSeconds };
    return lookBack(this.#hands, this.#deps, looked, signal);
  }

  /** What Headroom began by itself is made only where the same would be decided now. */
  #objection(action: ActionRecord, mode: Mode, situation: ScalingSituation): string | undefined {
    const { target } = situation;
    if (target.kind !== 'read') {
      return 'the target could not be read';
    }
    if (action.who !== HEADROOM || action.kind === 'rollback') {
      return objectionText(action.set, target.state, checkOf(this.#hands, this.#deps));
    }
    if (mode === 'observe' && action.kind === 'change') {
      return 'the mode is observe now';
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
      await this.#situations.wouldFollow(decision, now, measured, state);
      return;
    }
    const isResting = this.#hands.rest.untilSeconds(now) !== undefined && !isDue(decision, state, mode, situation);
    if (decision.kind !== 'hold' && !isResting) {
      await this.#carryOut(decision, state, now, signal);
      return;
    }
    const isOwners = state.setting.utilization === state.original.utilization;
    const isToStay = wish.kind === 'fresh' || isSloViolated || pause.in || state.paused?.in === true;
    const isKept = decision.kind === 'hold' ? isToStay : isOwners;
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
}
