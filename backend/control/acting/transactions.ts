import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetState } from '../../scaling/index.ts';
import { APPLIED, endOf, type ActionEnd } from './actionEnd.ts';
import { actionKey, actionKeys, actionRecordSchema, type ActingStorage, type ActionRecord } from './actionRecord.ts';
import { fateOf, setBack } from './fateOf.ts';
import { settingOf, type SeenTarget } from './seenTarget.ts';
import { wordsOf } from './wordsOf.ts';

/** After these a change may have been made or not: the target has to be read before anything else is done. */
const UNSURE = new Set(['TARGET_UNREACHABLE', 'TARGET_TIMEOUT', 'TARGET_FAILED', 'TARGET_THROTTLED']);
/** A change that is not known to be made after so long is given up. */
const GIVE_UP_SECONDS = 600;
const CALL_MS = 30_000;

export interface TransactionsDeps {
  readonly storage: ActingStorage;
  readonly nowSeconds: () => number;
  /** The fence of the lease in force; undefined where this process must not act. */
  readonly fence: () => number | undefined;
  /** An action took and is recorded; called again where a process died before it was through with it. */
  readonly recorded: (decision: Decision, action: ActionRecord) => Promise<void>;
  /** What was read back after a change. */
  readonly seen: (state: TargetState) => void;
}

/**
 * Changes of one workload's target, each made once and recorded once: the intent is written, the target changed, read
 * back, the end recorded, the intent deleted. A process may die between any two of these: `settle` goes on from there.
 */
export class Transactions {
  readonly #workload: string;
  readonly #target: ScaleTarget;
  readonly #deps: TransactionsDeps;
  #open: readonly ActionRecord[] = [];

  constructor(workload: string, target: ScaleTarget, deps: TransactionsDeps) {
    this.#workload = workload;
    this.#target = target;
    this.#deps = deps;
  }

  /** The oldest action whose end is not known yet. */
  get open(): ActionRecord | undefined {
    return this.#open[0];
  }

  async restore(): Promise<void> {
    const stored = await this.#deps.storage.settings(actionKeys(this.#workload));
    this.#open = [...stored.values()]
      .map((value) => actionRecordSchema.safeParse(value))
      .flatMap(({ data }) => (data === undefined ? [] : [data]))
      .sort((a, b) => a.at - b.at);
  }

  /** How an action ended, where it did: the same id never acts again. */
  ended(id: string): Promise<Decision | undefined> {
    return this.#deps.storage.decision(id);
  }

  /** Begins and, as far as the target lets it, ends an action; only while none is open. */
  async run(action: ActionRecord, signal: AbortSignal): Promise<ActionEnd> {
    const done = await this.ended(action.id);
    if (done !== undefined) {
      return endOf(done);
    }
    await this.#deps.storage.setSetting(actionKey(this.#workload, action.id), action);
    this.#open = [...this.#open, action];
    return this.#carryOut(action, signal);
  }

  /**
   * Ends the oldest open action from wherever it was left, given the target as it was just read. One that was not made yet
   * is made only where `objection`, which says why it must not be, has nothing to say.
   */
  async settle(
    seen: SeenTarget,
    objection: (action: ActionRecord, state: TargetState) => string | undefined,
    signal: AbortSignal
  ): Promise<ActionEnd | undefined> {
    const action = this.open;
    if (action === undefined) {
      return undefined;
    }
    const done = await this.ended(action.id);
    if (done !== undefined) {
      if (done.outcome === APPLIED) {
        await this.#deps.recorded(done, action);
      }
      await this.#forget(action);
      return endOf(done);
    }
    if (action.target !== undefined && action.target !== this.#target.name) {
      return this.#end(
        action,
        'failed',
        new Error(`it was begun for ${action.target}, which is not the target any more`)
      );
    }
    if (seen.kind === 'unread') {
      return isUnsure(seen.error)
        ? { kind: 'unsure', reason: wordsOf(seen.error) }
        : this.#end(action, 'failed', seen.error);
    }
    const fate = this.#target.ability.reads ? fateOf(action, seen.state) : 'not made';
    if (fate !== 'not made') {
      return fate === 'stands'
        ? this.#end(action, 'applied')
        : this.#end(action, 'failed', setBack(action, seen.state));
    }
    if (this.#deps.nowSeconds() - action.at > GIVE_UP_SECONDS) {
      return this.#end(action, 'failed', new Error('it could not be made in time'));
    }
    const reason = objection(action, seen.state);
    return reason === undefined
      ? this.#carryOut(action, signal)
      : this.#end(action, 'failed', new Error(`it was not made: ${reason}`));
  }

  async #carryOut(action: ActionRecord, signal: AbortSignal): Promise<ActionEnd> {
    const fence = this.#deps.fence();
    if (fence === undefined) {
      return { kind: 'unsure', reason: 'this Headroom does not hold the lease' };
    }
    let after: TargetState | undefined;
    try {
      await this.#target.apply(
        {
          action: action.id,
          fence,
          set: action.set === 'original' ? 'original' : settingOf(action.set),
          ...(action.expectedVersion === undefined ? {} : { expectedVersion: action.expectedVersion }),
          holdUntilSeconds: action.holdUntil,
          reason: action.reasons.map(({ text }) => text).join('; '),
        },
        within(signal)
      );
      after = this.#target.ability.reads ? await this.#target.read(within(signal)) : undefined;
    } catch (error) {
      return signal.aborted || isUnsure(error)
        ? { kind: 'unsure', reason: wordsOf(error) }
        : this.#end(action, 'failed', error);
    }
    if (after !== undefined) {
      this.#deps.seen(after);
    }
    const fate = after === undefined ? 'stands' : fateOf(action, after);
    if (after === undefined || fate === 'stands') {
      return this.#end(action, 'applied');
    }
    const notSet = new Error('the target accepted it, but is not set so');
    return this.#end(action, 'failed', fate === 'set back' ? setBack(action, after) : notSet);
  }

  async #end(action: ActionRecord, kind: 'applied' | 'failed', error?: unknown): Promise<ActionEnd> {
    const decision = await this.#deps.storage.appendDecision({
      id: action.id,
      at: action.at,
      who: action.who,
      what: action.kind,
      workload: action.workload,
      why: action.reasons.map(({ text }) => text),
      before: action.before,
      after: action.set === 'original' ? action.original : action.set,
      outcome: kind === 'applied' ? APPLIED : `failed: ${wordsOf(error)}`,
    });
    if (decision.outcome === APPLIED) {
      await this.#deps.recorded(decision, action);
    }
    await this.#forget(action);
    return decision.outcome === APPLIED
      ? { kind: 'applied', decision, isNew: true }
      : { kind: 'failed', decision, error: error ?? new Error(decision.outcome) };
  }

  async #forget({ id }: ActionRecord): Promise<void> {
    await this.#deps.storage.deleteSetting(actionKey(this.#workload, id));
    this.#open = this.#open.filter((each) => each.id !== id);
  }
}

function isUnsure(error: unknown): boolean {
  return !(error instanceof HeadroomError) || UNSURE.has(error.code);
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
}
