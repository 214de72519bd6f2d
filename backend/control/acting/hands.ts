import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetSetting, TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { APPLIED, type ActionEnd } from './actionEnd.ts';
import { actionId } from './actionId.ts';
import type { ActionRecord } from './actionRecord.ts';
import type { ActorDeps } from './actorDeps.ts';
import { approvalKey, approvalSchema, type Approval } from './approval.ts';
import { BackOff } from './backOff.ts';
import { changeText } from './changeText.ts';
import { Hold } from './hold.ts';
import { PastChanges } from './pastChanges.ts';
import { Rest } from './rest.ts';
import type { SeenTarget } from './seenTarget.ts';
import { Transactions } from './transactions.ts';
import { Troubles } from './troubles.ts';
import { Watch } from './watch.ts';
import { wordsOf } from './wordsOf.ts';

const READ_MS = 20_000;
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
  readonly backOff = new BackOff();
  /** After a change was rolled back. */
  readonly rest = new Rest();
  readonly #deps: ActorDeps;
  readonly #transactions: Transactions;
  readonly #hold: Hold;
  readonly #troubles: Troubles;
  #state: TargetState | undefined;
  #approval: Approval | undefined;

  constructor(workload: string, target: ScaleTarget, deps: ActorDeps) {
    this.workload = workload;
    this.target = target;
    this.#deps = deps;
    this.#transactions = new Transactions(workload, target, {
      ...deps,
      recorded: (decision, action) => this.#recorded(decision, action),
      seen: (state) => {
        this.#state = state;
      },
    });
    this.watch = new Watch(workload, deps.storage);
    this.#hold = new Hold(target, deps);
    this.#troubles = new Troubles(workload, deps);
  }

  get state(): TargetState | undefined {
    return this.#state;
  }

  get problem(): string | undefined {
    return this.#troubles.problem;
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
    this.#troubles.read = undefined;
    return this.#state;
  }

  /** The same, where a target that cannot be read is an answer too. */
  async look(signal: AbortSignal): Promise<SeenTarget> {
    try {
      return { kind: 'read', state: await this.read(signal) };
    } catch (error) {
      if (!signal.aborted) {
        this.#troubles.fail('read', error);
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
        holdUntil: this.#hold.untilSeconds,
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
  renew(state: TargetState, signal: AbortSignal): Promise<void> {
    return this.#hold.renew(this.idOf('renew', state), state, signal);
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

  /** How a turn ended: in a problem, which is told once as long as it is the same, or in none. */
  endTurn(problem: unknown): void {
    if (problem === undefined) {
      this.#troubles.turn = undefined;
    } else {
      this.#troubles.fail('turn', problem);
    }
  }

  /** Nothing is to be changed: why something could not be is no problem any more. */
  wantNothing(): void {
    this.#troubles.act = this.open === undefined ? undefined : this.#troubles.act;
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
      this.#troubles.tell('warn', wordsOf(error), error.code);
    }
  }

  /** What follows from the end of an action: what is told, and a rest after a failure. */
  #tellEnd(end: ActionEnd): void {
    if (end.kind === 'unsure') {
      this.#troubles.act = end.reason;
      return;
    }
    const { decision } = end;
    const [before, after] = [decision.before as TargetSetting, decision.after as TargetSetting];
    const direction = after.floor < before.floor ? 'in' : 'out';
    this.#deps.onAction(decision.what as ActionRecord['kind'], direction, end.kind);
    if (end.kind === 'failed') {
      this.backOff.noteFailure(this.#deps.nowSeconds());
      this.#troubles.fail('act', end.error);
      return;
    }
    this.backOff.end();
    this.#troubles.act = undefined;
    this.#hold.noteRenewed();
    if (end.isNew) {
      this.#troubles.tell(
        'info',
        `${decision.what}: ${changeText(before, after)} by ${decision.who}: ${decision.why.join('; ')}`
      );
    }
  }
}
