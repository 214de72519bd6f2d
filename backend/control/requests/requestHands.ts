import type { Decision } from '../../../contract/index.ts';
import type { RequestsConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { RequestSituation, RequestState, RequestTarget } from '../../scaling/index.ts';
import { APPLIED } from '../acting/actionEnd.ts';
import { actionId } from '../acting/actionId.ts';
import type { Consent } from '../acting/consent.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import { REQUESTS, ROLLED_BACK, type RequestRecord, type RequestStorage } from './requestRecord.ts';
import { requestSituationOf } from './requestSituationOf.ts';
import { RequestTransactions } from './requestTransactions.ts';

const READ_MS = 30_000;
/** Nothing is tried again for so long after a change was rolled back, or failed. */
export const REST_SECONDS = 1800;

export interface RequestActorDeps {
  readonly storage: RequestStorage;
  readonly consent: Pick<Consent, 'modeOf' | 'pauseOf'>;
  readonly nowSeconds: () => number;
  readonly view: () => WorkloadView | undefined;
  readonly fence: () => number | undefined;
  readonly hooks: Pick<FleetHooks, 'event'>;
}

export type AskedRequests = Pick<RequestRecord, 'id' | 'who' | 'what' | 'set' | 'reasons'>;

/** What touches a workload's requests, and what is remembered of that: it reads, acts, and never decides. */
export class RequestHands {
  readonly workload: string;
  readonly target: RequestTarget;
  readonly config: RequestsConfig;
  readonly transactions: RequestTransactions;
  readonly #deps: RequestActorDeps;
  #state: RequestState | undefined;
  #failure: string | undefined;
  #past: { readonly fence: number; readonly decision: Decision | undefined } | undefined;

  constructor(workload: string, target: RequestTarget, config: RequestsConfig, deps: RequestActorDeps) {
    this.workload = workload;
    this.target = target;
    this.config = config;
    this.#deps = deps;
    this.transactions = new RequestTransactions(workload, target, {
      ...deps,
      seen: (state) => {
        this.#state = state;
      },
    });
  }

  get state(): RequestState | undefined {
    return this.#state;
  }

  /** Why the last change that this process made did not take. */
  get failure(): string | undefined {
    return this.#failure;
  }

  async read(signal: AbortSignal): Promise<RequestState> {
    this.#state = await this.target.read(AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]));
    return this.#state;
  }

  /** The last change of requests that still has a say, whatever became of it; whoever else acts does so under another fence. */
  async past(fence: number): Promise<Decision | undefined> {
    if (this.#past?.fence !== fence) {
      const { storage, nowSeconds, view } = this.#deps;
      const watchSeconds = view()?.config.scaling.watchSeconds ?? 0;
      const fromSeconds = nowSeconds() - Math.max(REST_SECONDS, watchSeconds, this.config.cooldownSeconds);
      const made = await storage.decisions({ workload: this.workload, fromSeconds, limit: 1000 });
      const decision = made.find(({ what }) => what === REQUESTS || what === ROLLED_BACK);
      this.#past = { fence, decision };
    }
    return this.#past.decision;
  }

  /** Goes on with what is open, as the target was just read; gives back how it ended, if anything was. */
  async settle(
    state: RequestState,
    objection: (record: RequestRecord) => string | undefined,
    signal: AbortSignal
  ): Promise<Decision | undefined> {
    const decision = await this.transactions.settle(state, objection, signal);
    if (decision !== undefined) {
      this.#note(decision);
    }
    return decision;
  }

  async act(asked: AskedRequests, state: RequestState, signal: AbortSignal): Promise<Decision> {
    if (this.#deps.fence() === undefined) {
      throw new HeadroomError('ACTING_ELSEWHERE', { holder: 'its lease is held elsewhere' });
    }
    const before = state.held ?? state.setting;
    const decision = await this.transactions.run(
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
    this.#note(decision);
    return decision;
  }

  situation(view: WorkloadView, state: RequestState, changedAtSeconds: number | undefined): RequestSituation {
    return requestSituationOf(view, this.config, {
      nowSeconds: this.#deps.nowSeconds(),
      pause: this.#deps.consent.pauseOf(this.workload),
      target: { kind: 'read', state },
      changedAtSeconds,
    });
  }

  /** Nothing is to be changed: why something could not be is no problem any more. */
  wantNothing(): void {
    this.#failure = undefined;
  }

  /** The id of an action that nobody clicked: of what it is, when, and what it finds. */
  idOf(kind: string, { version, mark }: RequestState): string {
    return actionId(kind, this.workload, JSON.stringify([this.#deps.nowSeconds(), version, mark ?? null]));
  }

  tell(level: 'info' | 'error', message: string, code?: string): void {
    const atSeconds = this.#deps.nowSeconds();
    const coded = code === undefined ? {} : { code };
    this.#deps.hooks.event({ atSeconds, level, what: 'scaling', workload: this.workload, ...coded, message });
  }

  #note(decision: Decision): void {
    const fence = this.#deps.fence();
    this.#past = fence === undefined ? undefined : { fence, decision };
    const { what, who, outcome, why } = decision;
    this.#failure = outcome === APPLIED ? undefined : outcome;
    this.tell(outcome === APPLIED ? 'info' : 'error', `${what} by ${who}: ${outcome}: ${why.join('; ')}`);
  }
}
