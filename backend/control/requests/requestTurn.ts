import type { Decision, Reason } from '../../../contract/index.ts';
import {
  decideRequests,
  type RequestDecision,
  type RequestSetting,
  type RequestSituation,
  type RequestState,
} from '../../scaling/index.ts';
import { APPLIED } from '../acting/actionEnd.ts';
import { HEADROOM } from '../acting/actorDeps.ts';
import { NO_PAUSE, objectionToOpen, objectionToRequests } from './objectionToRequests.ts';
import { REST_SECONDS, type RequestActorDeps, type RequestHands } from './requestHands.ts';
import { REQUESTS, ROLLED_BACK } from './requestRecord.ts';
import { RequestWatch, type RequestWatchVerdict } from './requestWatch.ts';

/** What failed to go back is not tried again, and so not recorded again, before this. */
const RETRY_SECONDS = 300;

/** One look at a workload's requests after the other: what is seen, what is decided of it, what of that is done. */
export class RequestTurn {
  readonly #hands: RequestHands;
  readonly #deps: RequestActorDeps;
  readonly #watch: RequestWatch;
  #decision: RequestDecision | undefined;

  constructor(hands: RequestHands, deps: RequestActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
    this.#watch = new RequestWatch(deps.storage);
  }

  get decision(): RequestDecision | undefined {
    return this.#decision;
  }

  async run(signal: AbortSignal): Promise<void> {
    const view = this.#deps.view();
    if (view === undefined) {
      return;
    }
    const state = await this.#hands.read(signal);
    const fence = this.#deps.fence();
    const past = fence === undefined ? undefined : await this.#hands.past(fence);
    const situation = this.#hands.situation(view, state, past?.at);
    const decision = decideRequests(situation);
    this.#decision = decision;
    const mode = this.#deps.consent.modeOf(view.config);
    if (decision.kind === 'hold' && !(mode === 'observe' && state.isHeld)) {
      this.#hands.wantNothing();
    }
    if (fence === undefined) {
      return;
    }
    const settled = await this.#hands.settle(
      state,
      (record) => objectionToOpen(record, state, situation, mode),
      signal
    );
    if (settled !== undefined) {
      return;
    }
    const mayRetry = past === undefined || past.outcome === APPLIED || !this.#isWithin(past, RETRY_SECONDS);
    if (mode === 'observe') {
      if (state.isHeld && mayRetry) {
        await this.#giveBack(state, situation, signal);
      }
      return;
    }
    const { watchSeconds } = view.config.scaling;
    if (mayRetry && this.#isRefused(state, past, watchSeconds)) {
      await this.#rollBack(state, signal);
      return;
    }
    const watched = await this.#watch.look(past, state, situation, watchSeconds);
    if (watched.kind === 'rollBack') {
      await this.#takeBack(watched, state, situation, signal);
      return;
    }
    await this.#makeUp(state, fence, signal);
    const isResting = past !== undefined && !isWell(past) && this.#isWithin(past, REST_SECONDS);
    if (mode === 'auto' && decision.kind === 'change' && state.way.kind !== 'none' && !isResting) {
      const { set, reasons } = decision;
      await this.#act(REQUESTS, set, [...reasons], state, signal);
    }
  }

  /** In mode observe nothing is held. */
  async #giveBack(state: RequestState, situation: RequestSituation, signal: AbortSignal): Promise<void> {
    const against = objectionToRequests('original', state, { ...situation, pause: NO_PAUSE });
    if (against !== undefined) {
      this.#decision = { kind: 'hold', reasons: [against] };
      return;
    }
    const reasons = [{ code: 'observed', text: 'Given back: the mode is observe' }];
    await this.#act(ROLLED_BACK, 'original', reasons, state, signal);
  }

  /** A node has no room for what is held: at once where it never will have. */
  #isRefused({ isHeld, replicas }: RequestState, past: Decision | undefined, watchSeconds: number): boolean {
    const isOver = past === undefined || !this.#isWithin(past, watchSeconds);
    return isHeld && replicas.refused.some((each) => isOver || /Infeasible/.test(each));
  }

  async #rollBack(state: RequestState, signal: AbortSignal): Promise<void> {
    const refused = state.replicas.refused.slice(0, 5).join(', ');
    const reasons = [{ code: 'did-not-take', text: `Rolled back: its node has no room (${refused})` }];
    await this.#act(ROLLED_BACK, 'original', reasons, state, signal);
  }

  /** What was lowered goes up again, unless a person has paused that. */
  async #takeBack(
    { set, text }: Extract<RequestWatchVerdict, { kind: 'rollBack' }>,
    state: RequestState,
    situation: RequestSituation,
    signal: AbortSignal
  ): Promise<void> {
    const against = objectionToRequests(set, state, situation);
    if (against !== undefined) {
      this.#decision = { kind: 'hold', reasons: [against] };
      return;
    }
    await this.#act(ROLLED_BACK, set, [{ code: 'slo-worsened', text }], state, signal);
  }

  /** Replicas that came since get what is held. */
  async #makeUp({ isHeld, held, mark, replicas, conflicts }: RequestState, fence: number, signal: AbortSignal) {
    if (isHeld && replicas.behind > 0 && conflicts.length === 0 && mark !== undefined) {
      const change = { action: mark.action, fence, set: held ?? {}, reason: 'new replicas' };
      await this.#hands.target.apply(change, signal);
    }
  }

  async #act(
    what: typeof REQUESTS | typeof ROLLED_BACK,
    set: RequestSetting | 'original',
    reasons: Reason[],
    state: RequestState,
    signal: AbortSignal
  ): Promise<void> {
    const id = this.#hands.idOf(what, state);
    await this.#hands.act({ id, who: HEADROOM, what, set, reasons }, state, signal);
  }

  /** Whether a change is at most so old; a clock that jumped back makes it no younger. */
  #isWithin({ at }: Decision, seconds: number): boolean {
    return Math.abs(this.#deps.nowSeconds() - at) < seconds;
  }
}

function isWell({ what, outcome }: Decision): boolean {
  return what === REQUESTS && outcome === APPLIED;
}
