import type { Decision, Reason, Recommendation } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { TargetPreview, TargetSetting, TargetState } from '../../scaling/index.ts';
import { HEADROOM, type ActorDeps, type Click } from './actorDeps.ts';
import { checkOf } from './checkOf.ts';
import { actionId } from './actionId.ts';
import type { Hands } from './hands.ts';
import { objectionText, objectionTo } from './objectionTo.ts';
import { approvedSetting, formerSetting } from './settingsOf.ts';
import { APPLIED, type ActionEnd } from './actionEnd.ts';

/** Throws where it must not be done any more. */
type Check = () => void | Promise<void>;

/** What people ask of a workload's target; each within a turn of its own. */
export class Clicks {
  readonly #hands: Hands;
  readonly #deps: ActorDeps;

  constructor(hands: Hands, deps: ActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
  }

  async preview(
    recommendation: Recommendation,
    signal: AbortSignal
  ): Promise<TargetPreview & { readonly set: TargetSetting }> {
    const state = await this.#hands.read(signal);
    const set = this.#settingFor(recommendation, state);
    const { scaling } = this.#hands.requireView().config;
    const preview = await this.#hands.target.preview(
      {
        action: 'preview',
        fence: this.#deps.fence() ?? state.mark?.fence ?? 0,
        set,
        ...(state.version === undefined ? {} : { expectedVersion: state.version }),
        holdUntilSeconds: this.#deps.nowSeconds() + scaling.handBackSeconds,
        reason: 'preview',
      },
      signal
    );
    return { ...preview, set };
  }

  async approve(
    recommendation: Recommendation,
    { who, key, check }: Click & { readonly check: Check },
    signal: AbortSignal
  ): Promise<Decision> {
    const id = actionId('approve', recommendation.id, key);
    const done = await this.#finished(id, signal);
    if (done !== undefined) {
      return done;
    }
    await check();
    const state = await this.#hands.read(signal);
    const set = this.#settingFor(recommendation, state);
    this.#requireNoObjection(set, state, recommendation.action);
    const reasons: Reason[] = [{ code: 'approved', text: approvedBy(who, recommendation.id) }];
    const { id: approved, plan, expiresAt } = recommendation;
    const until = Math.max(expiresAt, plan.replicas.at(-1)?.at ?? expiresAt);
    const approval = { recommendation: approved, who, at: this.#deps.nowSeconds(), until, plan };
    const end = await this.#hands.act(
      { id, who, kind: 'change', set, reasons, recommendation: approved, approval },
      state,
      signal
    );
    return this.#decisionOf(end);
  }

  async rollBack(
    recommendationId: string,
    { who, key, check }: Click & { readonly check?: Check },
    signal: AbortSignal
  ): Promise<Decision> {
    const id = actionId('rollback', recommendationId, key);
    const done = await this.#finished(id, signal);
    if (done !== undefined) {
      return done;
    }
    await check?.();
    const before = await this.#before(recommendationId);
    const state = await this.#hands.read(signal);
    const set = formerSetting(before, state, this.#hands.requireView().config.scaling);
    this.#requireNoObjection(set, state);
    await this.#hands.setApproval(undefined);
    const reasons: Reason[] = [{ code: 'rolled-back', text: `${who} rolled recommendation ${recommendationId} back` }];
    const end = await this.#hands.act({ id, who, kind: 'rollback', set, reasons }, state, signal);
    this.#hands.restAfterRollback();
    return this.#decisionOf(end);
  }

  /** What stood before a recommendation was carried out. */
  async #before(id: string): Promise<TargetSetting> {
    const decisions = await this.#deps.storage.decisions({ workload: this.#hands.workload, limit: 1000 });
    const nothing = (reason: string) => new HeadroomError('ACTING_NOTHING_TO_ROLL_BACK', { id, reason });
    const made = decisions.findIndex(
      ({ what, outcome, why }) =>
        what === 'change' && outcome === APPLIED && why.some((text) => text.endsWith(approvedBy('', id)))
    );
    const decision = decisions[made];
    if (decision === undefined) {
      throw nothing('it was never carried out');
    }
    if (decisions.slice(0, made).some(({ what, outcome }) => what === 'rollback' && outcome === APPLIED)) {
      throw nothing('what came of it was rolled back already');
    }
    return decision.before as TargetSetting;
  }

  /** How a click ended that came before; what is open is gone on with first. */
  async #finished(id: string, signal: AbortSignal): Promise<Decision | undefined> {
    const { workload } = this.#hands;
    while (this.#hands.open !== undefined && this.#hands.mayAct) {
      const end = await this.#hands.settle(
        await this.#hands.look(signal),
        (action, state) =>
          action.who === HEADROOM
            ? 'a person decides now'
            : objectionText(action.set, state, checkOf(this.#hands, this.#deps)),
        signal
      );
      if (end?.kind === 'unsure') {
        throw new HeadroomError('ACTING_UNSURE', { workload, reason: end.reason });
      }
    }
    const done = await this.#hands.ended(id);
    if (done !== undefined && done.outcome !== APPLIED) {
      throw new HeadroomError('ACTING_HELD', { workload, reason: `this click came before, and ${done.outcome}` });
    }
    return done;
  }

  #settingFor(recommendation: Recommendation, state: TargetState): TargetSetting {
    const { scaling } = this.#hands.requireView().config;
    return approvedSetting(recommendation, state, scaling, this.#deps.nowSeconds());
  }

  /** Where a recommendation says that it lowers, it is held to that, whatever becomes of the floor. */
  #requireNoObjection(set: TargetSetting | 'original', state: TargetState, action?: Recommendation['action']): void {
    const check = checkOf(this.#hands, this.#deps);
    const { setting } = state;
    const told = action === 'lower' ? { floor: setting.floor - 1 } : action === undefined ? set : setting;
    const objection = objectionTo(set, state, check) ?? objectionTo(told, state, check);
    if (objection !== undefined) {
      throw objection;
    }
  }

  #decisionOf(end: ActionEnd): Decision {
    const { workload } = this.#hands;
    if (end.kind === 'unsure') {
      throw new HeadroomError('ACTING_UNSURE', { workload, reason: end.reason });
    }
    if (end.kind === 'failed') {
      throw end.error instanceof HeadroomError
        ? end.error
        : new HeadroomError('ACTING_HELD', { workload, reason: (end.error as Error).message });
    }
    return end.decision;
  }
}

function approvedBy(who: string, id: string): string {
  return `${who} approved recommendation ${id}`;
}
