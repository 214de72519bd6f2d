import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetSetting, TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { actionId } from './actionId.ts';
import type { ActionRecord } from './actionRecord.ts';
import type { ActorDeps } from './actorDeps.ts';
import { approvalKey, approvalSchema, type Approval } from './approval.ts';
import { PastChanges } from './pastChanges.ts';
import { Rest } from './rest.ts';
import { APPLIED, Transactions, wordsOf, type ActionEnd, type SeenTarget } from './transactions.ts';
import { Watch } from './watch.ts';

const READ_MS = 20_000;
const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;
/** Nothing is tried again for so long after a change was rolled back. */
const AFTER_ROLLBACK_SECONDS = 1800;

export type AskedAction = Pick<ActionRecord, 'id' | 'who' | 'kind' | 'set' | 'reasons' | 'recommendation' | 'approval'>;

/** What touches a workload's target, and what is remembered of that: it reads, acts, and never decides. */
export class Hands {
  readonly workload: string;
  readonly target: ScaleTarget;
  readonly past = new PastChanges();
  readonly watch: Watch;
  /** After a change that failed. */
  readonly backOff = new Rest();
  /** After a change was rolled back. */
  readonly rest = new Rest();
  readonly #deps: ActorDeps;
  readonly #transactions: Transactions;
  #state: TargetState | undefined;
  #readProblem: string | undefined;
  #actProblem: string | undefined;
  #approval: Approval | undefined;
  #failures = 0;
  #renewedSeconds = Number.NEGATIVE_INFINITY;

  constructor(workload: string, target: ScaleTarget, deps: ActorDeps) {
    this.workload = workload;
    this.target = target;
    this.#deps = deps;
    this.#transactions = new Transactions(workload, target, {
      ...deps,
      recorded: (decision, action) => this.#recorded(decision, action),
    });
    this.watch = new Watch(workload, deps.storage);
  }

  get state(): TargetState | undefined {
    return this.#state;
  }

  get problem(): string | undefined {
    return this.#readProblem ?? this.#actProblem;
  }

  get approval(): Approval | undefined {
    return this.#approval;
  }

  get open(): ActionRecord | undefined {
    return this.#transactions.open;
  }

  get mayAct(): boolean {
    return this.#deps.fence() !== undefined;
  }

  /** Takes up what whoever acted before left. */
  async restore(): Promise<void> {
    const { storage, nowSeconds } = this.#deps;
    await this.#transactions.restore();
    await this.watch.restore();
    const approval = approvalSchema.safeParse(await storage.setting(approvalKey(this.workload)));
    const now = nowSeconds();
    const fromSeconds = PastChanges.sinceSeconds(now);
    const made = await storage.decisions({ workload: this.workload, fromSeconds, limit: 1000 });
    this.#approval = approval.success ? approval.data : undefined;
    this.past.restore(made);
    const back = made.find(({ what, outcome }) => what === 'rollback' && outcome === APPLIED);
    if (back !== undefined) {
      this.rest.begin(Math.min(now, back.at), AFTER_ROLLBACK_SECONDS);
    }
  }

  async read(signal: AbortSignal): Promise<TargetState> {
    this.#state = await this.target.read(AbortSignal.any([signal, AbortSignal.timeout(READ_MS)]));
    this.#readProblem = undefined;
    return this.#state;
  }

  /** The same, where a target that cannot be read is an answer too. */
  async look(signal: AbortSignal): Promise<SeenTarget> {
    try {
      return { kind: 'read', state: await this.read(signal) };
    } catch (error) {
      if (!signal.aborted) {
        this.#readProblem = this.fail(error);
      }
      return { kind: 'unread', error };
    }
  }

  ended(id: string): Promise<Decision | undefined> {
    return this.#transactions.ended(id);
  }

  async act(asked: AskedAction, state: TargetState, signal: AbortSignal): Promise<ActionEnd> {
    if (!this.mayAct) {
      throw new HeadroomError('ACTING_ELSEWHERE', { holder: 'its lease is held elsewhere' });
    }
    const to = asked.set === 'original' ? state.original : asked.set;
    const end = await this.#transactions.run(
      {
        ...asked,
        workload: this.workload,
        target: this.target.name,
        at: this.#deps.nowSeconds(),
        direction: to.floor < state.setting.floor ? 'in' : 'out',
        before: state.setting,
        original: state.original,
        ...(state.replicas === undefined ? {} : { replicas: state.replicas }),
        ...(state.version === undefined ? {} : { expectedVersion: state.version }),
        holdUntil: this.#holdUntil(),
      },
      signal
    );
    this.#tellEnd(end);
    return end;
  }

  /** Goes on with the oldest action whose end is not known, if there is one. */
  async settle(
    seen: SeenTarget,
    objection: (action: ActionRecord, state: TargetState) => string | undefined,
    signal: AbortSignal
  ): Promise<ActionEnd | undefined> {
    const end = await this.#transactions.settle(seen, objection, signal);
    if (end !== undefined) {
      this.#tellEnd(end);
    }
    return end;
  }

  /** Prolongs what is held, so that the watchdog leaves it; no change, so no decision. */
  async renew(state: TargetState, signal: AbortSignal): Promise<void> {
    const now = this.#deps.nowSeconds();
    const fence = this.#deps.fence();
    if (fence === undefined || Math.abs(now - this.#renewedSeconds) <= this.#holdSeconds() / 3) {
      return;
    }
    await this.target.apply(
      {
        action: this.idOf('renew', state),
        fence,
        set: state.setting,
        ...(state.version === undefined ? {} : { expectedVersion: state.version }),
        holdUntilSeconds: this.#holdUntil(),
        reason: 'held',
      },
      AbortSignal.any([signal, AbortSignal.timeout(READ_MS)])
    );
    this.#renewedSeconds = now;
  }

  async setApproval(approval: Approval | undefined): Promise<void> {
    const key = approvalKey(this.workload);
    await (approval === undefined
      ? this.#deps.storage.deleteSetting(key)
      : this.#deps.storage.setSetting(key, approval));
    this.#approval = approval;
  }

  restAfterRollback(): void {
    this.rest.begin(this.#deps.nowSeconds(), AFTER_ROLLBACK_SECONDS);
  }

  /** The id of an action that nobody clicked: of what it is, when, and what it finds. */
  idOf(kind: string, { version, mark }: TargetState): string {
    return actionId(kind, this.workload, JSON.stringify([this.#deps.nowSeconds(), version ?? null, mark ?? null]));
  }

  requireView(): WorkloadView {
    const view = this.#deps.view();
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name: this.workload, list: '/api/v1/workloads' });
    }
    return view;
  }

  /** Tells a problem once as long as it is the same; gives it back in words. */
  fail(error: unknown): string {
    const problem = wordsOf(error);
    if (problem !== this.problem) {
      this.#tell('error', problem, error instanceof HeadroomError ? error.code : undefined);
    }
    this.#actProblem = problem;
    return problem;
  }

  /** What follows from a change that took: memory, what is approved, watch, the state of its recommendation. */
  async #recorded(decision: Decision, { approval, recommendation }: ActionRecord): Promise<void> {
    this.past.note(decision);
    if (approval !== undefined) {
      await this.setApproval(approval);
    }
    const view = this.#deps.view();
    if (view !== undefined && this.watch.record?.action.id !== decision.id) {
      await this.watch.begin(decision, view, this.#deps.nowSeconds());
    }
    if (recommendation === undefined) {
      return;
    }
    try {
      await this.#deps.onApplied(recommendation, decision);
    } catch (error) {
      // What a recommendation's own rules refuse, they refuse for ever; what the storage refuses is tried again.
      if (!(error instanceof HeadroomError) || error.code.startsWith('STORAGE_')) {
        throw error;
      }
      this.#tell('warn', wordsOf(error), error.code);
    }
  }

  /** What follows from the end of an action: what is told, and a rest after a failure. */
  #tellEnd(end: ActionEnd): void {
    if (end.kind === 'unsure') {
      this.#actProblem = end.reason;
      return;
    }
    const { decision } = end;
    const [before, after] = [decision.before as TargetSetting, decision.after as TargetSetting];
    const direction = after.floor < before.floor ? 'in' : 'out';
    this.#deps.onAction(decision.what as ActionRecord['kind'], direction, end.kind);
    if (end.kind === 'failed') {
      this.#failures++;
      const seconds = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** Math.min(10, this.#failures));
      this.backOff.begin(this.#deps.nowSeconds(), seconds);
      this.fail(end.error);
      return;
    }
    this.#failures = 0;
    this.backOff.end();
    this.#actProblem = undefined;
    this.#renewedSeconds = this.#deps.nowSeconds();
    if (end.isNew) {
      const floors = `floor ${String(before.floor)} -> ${String(after.floor)}`;
      this.#tell('info', `${decision.what}: ${floors} by ${decision.who}: ${decision.why.join('; ')}`);
    }
  }

  #tell(level: 'info' | 'warn' | 'error', message: string, code?: string): void {
    this.#deps.hooks.event({
      atSeconds: this.#deps.nowSeconds(),
      level,
      what: 'scaling',
      workload: this.workload,
      ...(code === undefined ? {} : { code }),
      message,
    });
  }

  #holdSeconds(): number {
    return this.#deps.view()?.config.scaling.handBackSeconds ?? 0;
  }

  #holdUntil(): number {
    return this.#deps.nowSeconds() + this.#holdSeconds();
  }
}
