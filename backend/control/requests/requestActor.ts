import type { Decision, Reason } from '../../../contract/index.ts';
import type { RequestsConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  decideRequests,
  REQUEST_KINDS,
  requestObjection,
  type RequestDecision,
  type RequestSetting,
  type RequestSituation,
  type RequestState,
  type RequestTarget,
  type TargetPreview,
} from '../../scaling/index.ts';
import { actionId } from '../acting/actionId.ts';
import { HEADROOM, type Click } from '../acting/actorDeps.ts';
import type { Consent } from '../acting/consent.ts';
import { APPLIED } from '../acting/actionEnd.ts';
import { wordsOf } from '../acting/wordsOf.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import { REQUESTS, ROLLED_BACK, type RequestRecord, type RequestStorage } from './requestRecord.ts';
import { requestSituationOf } from './requestSituationOf.ts';
import { RequestTransactions } from './requestTransactions.ts';

const READ_MS = 30_000;
/** Nothing is tried again for so long after a change was rolled back, or failed. */
const REST_SECONDS = 1800;
const NO_PAUSE = { out: false, in: false, reason: '' };

export interface RequestActorDeps {
  readonly storage: RequestStorage;
  readonly consent: Pick<Consent, 'modeOf' | 'pauseOf'>;
  readonly nowSeconds: () => number;
  readonly view: () => WorkloadView | undefined;
  readonly fence: () => number | undefined;
  readonly hooks: Pick<FleetHooks, 'event'>;
}

export interface RequestView {
  readonly target: string;
  readonly state?: RequestState;
  readonly decision?: RequestDecision;
  readonly problem?: string;
}

/** Looks at one workload's requests, decides, acts, verifies and rolls back; turns and clicks never overlap. */
export class RequestActor {
  readonly workload: string;
  readonly target: RequestTarget;
  readonly #config: RequestsConfig;
  readonly #deps: RequestActorDeps;
  readonly #transactions: RequestTransactions;
  #state: RequestState | undefined;
  #decision: RequestDecision | undefined;
  #problem: string | undefined;
  #turning: Promise<unknown> = Promise.resolve();

  constructor(workload: string, target: RequestTarget, config: RequestsConfig, deps: RequestActorDeps) {
    this.workload = workload;
    this.target = target;
    this.#config = config;
    this.#deps = deps;
    this.#transactions = new RequestTransactions(workload, target, deps);
  }

  view(): RequestView {
    return {
      target: this.target.name,
      ...(this.#state === undefined ? {} : { state: this.#state }),
      ...(this.#decision === undefined ? {} : { decision: this.#decision }),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** One look; what failed ends up in the view and, once, in the log. */
  turn(signal: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#look(signal);
        this.#problem = undefined;
      } catch (error) {
        if (!signal.aborted) {
          this.#fail(error);
        }
      }
    });
  }

  preview(signal: AbortSignal): Promise<TargetPreview & { readonly set: RequestSetting }> {
    return this.#inTurn(async () => {
      const state = await this.#read(signal);
      const set = this.#advised(state);
      const fence = this.#deps.fence() ?? state.mark?.fence ?? 0;
      return { ...(await this.target.preview({ action: 'preview', fence, set, reason: 'preview' }, signal)), set };
    });
  }

  /** Sets what is advised; the same key acts once. `check` throws where it must not be done any more. */
  apply({ who, key, check }: Click & { readonly check: () => void }, signal: AbortSignal): Promise<Decision> {
    return this.#inTurn(async () => {
      const id = actionId('requests', this.workload, key);
      const done = await this.#deps.storage.decision(id);
      if (done !== undefined) {
        return done;
      }
      const state = await this.#read(signal);
      check();
      const set = this.#advised(state);
      this.#requireNoObjection(set, state);
      const reasons = [{ code: 'approved', text: `${who} approved what is advised` }];
      return this.#act({ id, who, what: REQUESTS, set, reasons }, state, signal);
    });
  }

  /** Gives back what its owner had set; the same key acts once. */
  rollBack({ who, key }: Click, signal: AbortSignal): Promise<Decision> {
    return this.#inTurn(async () => {
      const id = actionId(ROLLED_BACK, this.workload, key);
      const done = await this.#deps.storage.decision(id);
      if (done !== undefined) {
        return done;
      }
      const state = await this.#read(signal);
      if (!state.isHeld) {
        throw new HeadroomError('ACTING_HELD', { workload: this.workload, reason: 'Headroom holds no requests there' });
      }
      this.#requireNoObjection('original', state);
      const reasons = [{ code: 'rolled-back', text: `${who} gave its requests back` }];
      return this.#act({ id, who, what: ROLLED_BACK, set: 'original', reasons }, state, signal);
    });
  }

  async #look(signal: AbortSignal): Promise<void> {
    const view = this.#deps.view();
    if (view === undefined) {
      return;
    }
    const state = await this.#read(signal);
    const now = this.#deps.nowSeconds();
    const past = await this.#past();
    const situation = this.#situation(view, state, past?.at);
    const decision = decideRequests(situation);
    this.#decision = decision;
    const fence = this.#deps.fence();
    if (fence === undefined) {
      return;
    }
    const mode = this.#deps.consent.modeOf(view.config);
    const objection = (set: RequestSetting | 'original') => this.#objection(set, state, situation)?.text;
    if ((await this.#transactions.settle(state, objection, signal)) !== undefined) {
      return;
    }
    if (mode === 'observe') {
      await this.#giveBack(state, situation, signal);
      return;
    }
    if (await this.#rolledBack(state, past?.at, signal)) {
      return;
    }
    if (state.isHeld && state.replicas.behind > 0 && state.conflicts.length === 0 && state.mark !== undefined) {
      const change = { action: state.mark.action, fence, set: state.held ?? {}, reason: 'new replicas' };
      await this.target.apply(change, signal);
    }
    const isResting = past !== undefined && now - past.at < REST_SECONDS && !isWell(past);
    if (mode === 'auto' && decision.kind === 'change' && state.way.kind !== 'none' && !isResting) {
      const id = this.#idOf(REQUESTS, state);
      const { set, reasons } = decision;
      await this.#act({ id, who: HEADROOM, what: REQUESTS, set, reasons: [...reasons] }, state, signal);
    }
  }

  /** In mode observe nothing is held. */
  async #giveBack(state: RequestState, situation: RequestSituation, signal: AbortSignal): Promise<void> {
    if (!state.isHeld) {
      return;
    }
    const against = this.#objection('original', state, { ...situation, pause: NO_PAUSE });
    if (against !== undefined) {
      this.#decision = { kind: 'hold', reasons: [against] };
      return;
    }
    const id = this.#idOf('giveBack', state);
    const reasons = [{ code: 'observed', text: 'Given back: the mode is observe' }];
    await this.#act({ id, who: HEADROOM, what: ROLLED_BACK, set: 'original', reasons }, state, signal);
  }

  /** What a node has no room for goes back, at once where it never will have. */
  async #rolledBack(state: RequestState, changedAt: number | undefined, signal: AbortSignal): Promise<boolean> {
    const { refused } = state.replicas;
    const watched = this.#deps.view()?.config.scaling.watchSeconds ?? 0;
    const isOver = changedAt !== undefined && this.#deps.nowSeconds() - changedAt > watched;
    if (!state.isHeld || refused.length === 0 || !(isOver || refused.some((each) => /Infeasible/.test(each)))) {
      return false;
    }
    const id = this.#idOf(ROLLED_BACK, state);
    const text = `Rolled back: its node has no room (${refused.slice(0, 5).join(', ')})`;
    const reasons: Reason[] = [{ code: 'did-not-take', text }];
    await this.#act({ id, who: HEADROOM, what: ROLLED_BACK, set: 'original', reasons }, state, signal);
    return true;
  }

  async #act(
    asked: Pick<RequestRecord, 'id' | 'who' | 'what' | 'set' | 'reasons'>,
    state: RequestState,
    signal: AbortSignal
  ): Promise<Decision> {
    if (this.#deps.fence() === undefined) {
      throw new HeadroomError('ACTING_ELSEWHERE', { holder: 'its lease is held elsewhere' });
    }
    const before = state.held ?? state.setting;
    const decision = await this.#transactions.run(
      {
        ...asked,
        workload: this.workload,
        at: this.#deps.nowSeconds(),
        before,
        after: asked.set === 'original' ? state.original : { ...before, ...asked.set },
        expectedVersion: state.version,
        target: this.target.name,
      },
      signal
    );
    const { what, who, outcome } = decision;
    this.#tell(outcome === APPLIED ? 'info' : 'error', `${what} by ${who}: ${outcome}: ${decision.why.join('; ')}`);
    return decision;
  }

  /** What a person approves: what is advised, as far as it may be set. */
  #advised(state: RequestState): RequestSetting {
    const view = this.#deps.view();
    if (state.way.kind === 'none' || view === undefined) {
      const reason = state.way.kind === 'none' ? state.way.reason : 'the workload is gone';
      throw new HeadroomError('ACTING_HELD', { workload: this.workload, reason });
    }
    const decision = decideRequests({
      ...this.#situation(view, state, undefined),
      pause: NO_PAUSE,
      policy: { min: this.#config.min, max: this.#config.max, worth: 0, cooldownSeconds: 0, freezes: [] },
    });
    if (decision.kind === 'hold') {
      const reason = decision.reasons.map(({ text }) => text).join('; ');
      throw new HeadroomError('ACTING_HELD', { workload: this.workload, reason });
    }
    return decision.set;
  }

  #situation(view: WorkloadView, state: RequestState, changedAtSeconds: number | undefined): RequestSituation {
    return requestSituationOf(view, this.#config, {
      nowSeconds: this.#deps.nowSeconds(),
      pause: this.#deps.consent.pauseOf(this.workload),
      target: { kind: 'read', state },
      changedAtSeconds,
    });
  }

  #objection(set: RequestSetting | 'original', state: RequestState, situation: RequestSituation): Reason | undefined {
    const to = set === 'original' ? state.original : set;
    const now = state.held ?? state.setting;
    for (const kind of REQUEST_KINDS) {
      const [from, value] = [now[kind], to[kind]];
      if (from === undefined || value === undefined || from === value) {
        continue;
      }
      const used = situation.used[kind];
      const isMeasured = used !== undefined;
      const found = requestObjection({ ...situation, isMeasured }, kind, value > from ? 'out' : 'in');
      if (found !== undefined) {
        return found;
      }
      if (value < from && isMeasured && value < used) {
        return { code: 'in-use', text: `The request of ${kind} is not lowered: more than that is used now` };
      }
    }
    return undefined;
  }

  #requireNoObjection(set: RequestSetting | 'original', state: RequestState): void {
    const view = this.#deps.view();
    if (view === undefined || this.#deps.consent.modeOf(view.config) === 'observe') {
      throw new HeadroomError('ACTING_OBSERVES', { workload: this.workload });
    }
    const found = this.#objection(set, state, this.#situation(view, state, undefined));
    if (found !== undefined) {
      throw new HeadroomError('ACTING_HELD', { workload: this.workload, reason: found.text });
    }
  }

  async #read(signal: AbortSignal): Promise<RequestState> {
    this.#state = await this.target.read(AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]));
    return this.#state;
  }

  /** The last change of requests, whatever became of it. */
  async #past(): Promise<Decision | undefined> {
    const made = await this.#deps.storage.decisions({ workload: this.workload, limit: 200 });
    return made.find(({ what }) => what === REQUESTS || what === ROLLED_BACK);
  }

  #idOf(kind: string, { version, mark }: RequestState): string {
    return actionId(kind, this.workload, JSON.stringify([this.#deps.nowSeconds(), version, mark ?? null]));
  }

  #fail(error: unknown): void {
    const problem = wordsOf(error);
    if (problem !== this.#problem) {
      this.#tell('error', problem, error instanceof HeadroomError ? error.code : undefined);
    }
    this.#problem = problem;
  }

  #tell(level: 'info' | 'error', message: string, code?: string): void {
    const atSeconds = this.#deps.nowSeconds();
    const coded = code === undefined ? {} : { code };
    this.#deps.hooks.event({ atSeconds, level, what: 'scaling', workload: this.workload, ...coded, message });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turning.then(task);
    this.#turning = done.catch(() => undefined);
    return done;
  }
}

function isWell({ what, outcome }: Decision): boolean {
  return what === REQUESTS && outcome === APPLIED;
}
