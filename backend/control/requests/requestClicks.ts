import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { decideRequests, type RequestSetting, type RequestState, type TargetPreview } from '../../scaling/index.ts';
import { actionId } from '../acting/actionId.ts';
import { HEADROOM, type Click } from '../acting/actorDeps.ts';
import { NO_PAUSE, objectionToOpen, objectionToRequests } from './objectionToRequests.ts';
import type { RequestActorDeps, RequestHands } from './requestHands.ts';
import { REQUESTS, ROLLED_BACK } from './requestRecord.ts';

/** What people ask of a workload's requests; each within a turn of its own. */
export class RequestClicks {
  readonly #hands: RequestHands;
  readonly #deps: RequestActorDeps;

  constructor(hands: RequestHands, deps: RequestActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
  }

  async preview(signal: AbortSignal): Promise<TargetPreview & { readonly set: RequestSetting }> {
    const state = await this.#hands.read(signal);
    const set = this.#advised(state);
    const fence = this.#deps.fence() ?? state.mark?.fence ?? 0;
    const { target } = this.#hands;
    return { ...(await target.preview({ action: 'preview', fence, set, reason: 'preview' }, signal)), set };
  }

  async apply({ who, key, check }: Click & { readonly check: () => void }, signal: AbortSignal): Promise<Decision> {
    const id = actionId(REQUESTS, this.#hands.workload, key);
    const done = await this.#finished(id, signal);
    if (done !== undefined) {
      return done;
    }
    const state = await this.#hands.read(signal);
    check();
    const set = this.#advised(state);
    this.#requireNoObjection(set, state);
    const reasons = [{ code: 'approved', text: `${who} approved what is advised` }];
    return this.#hands.act({ id, who, what: REQUESTS, set, reasons }, state, signal);
  }

  async rollBack({ who, key }: Click, signal: AbortSignal): Promise<Decision> {
    const { workload } = this.#hands;
    const id = actionId(ROLLED_BACK, workload, key);
    const done = await this.#finished(id, signal);
    if (done !== undefined) {
      return done;
    }
    const state = await this.#hands.read(signal);
    if (!state.isHeld) {
      throw new HeadroomError('ACTING_HELD', { workload, reason: 'Headroom holds no requests there' });
    }
    this.#requireNoObjection('original', state);
    const reasons = [{ code: 'rolled-back', text: `${who} gave its requests back` }];
    return this.#hands.act({ id, who, what: ROLLED_BACK, set: 'original', reasons }, state, signal);
  }

  /** How a click ended that came before; what is open is gone on with first, and what Headroom began is left to the person. */
  async #finished(id: string, signal: AbortSignal): Promise<Decision | undefined> {
    const { transactions } = this.#hands;
    const view = this.#deps.view();
    if (view !== undefined && this.#deps.fence() !== undefined && (await transactions.open()) !== undefined) {
      const state = await this.#hands.read(signal);
      const situation = this.#hands.situation(view, state, undefined);
      const mode = this.#deps.consent.modeOf(view.config);
      await this.#hands.settle(
        state,
        (record) =>
          record.who === HEADROOM ? 'a person decides now' : objectionToOpen(record, state, situation, mode),
        signal
      );
    }
    return this.#deps.storage.decision(id);
  }

  /** What a person approves: what is advised, as far as it may be set. */
  #advised(state: RequestState): RequestSetting {
    const { workload, config } = this.#hands;
    const view = this.#deps.view();
    if (state.way.kind === 'none' || view === undefined) {
      const reason = state.way.kind === 'none' ? state.way.reason : 'the workload is gone';
      throw new HeadroomError('ACTING_HELD', { workload, reason });
    }
    const decision = decideRequests({
      ...this.#hands.situation(view, state, undefined),
      pause: NO_PAUSE,
      policy: { min: config.min, max: config.max, worth: 0, cooldownSeconds: 0, freezes: [] },
    });
    if (decision.kind === 'hold') {
      throw new HeadroomError('ACTING_HELD', {
        workload,
        reason: decision.reasons.map(({ text }) => text).join('; '),
      });
    }
    return decision.set;
  }

  #requireNoObjection(set: RequestSetting | 'original', state: RequestState): void {
    const { workload } = this.#hands;
    const view = this.#deps.view();
    if (view === undefined || this.#deps.consent.modeOf(view.config) === 'observe') {
      throw new HeadroomError('ACTING_OBSERVES', { workload });
    }
    const found = objectionToRequests(set, state, this.#hands.situation(view, state, undefined));
    if (found !== undefined) {
      throw new HeadroomError('ACTING_HELD', { workload, reason: found.text });
    }
  }
}
