import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetSetting, TargetState } from '../../scaling/index.ts';
import { actionKey, actionRecordSchema, type ActingStorage, type ActionRecord } from './actionRecord.ts';

/** After these a change may have been made or not: the target has to be read before anything else is done. */
const UNSURE = new Set(['TARGET_UNREACHABLE', 'TARGET_TIMEOUT', 'TARGET_FAILED', 'TARGET_THROTTLED']);
/** A change that is not known to be made after so long is given up. */
const GIVE_UP_SECONDS = 600;
const CALL_MS = 30_000;
export const APPLIED = 'applied';

export type ActionEnd =
  | {
      readonly kind: 'applied';
      readonly decision: Decision;
      /** False where it was known already. */
      readonly isNew: boolean;
    }
  | { readonly kind: 'failed'; readonly decision: Decision; readonly error: unknown }
  /** Nobody knows yet; it goes on at the next turn. */
  | { readonly kind: 'unsure'; readonly reason: string };

export interface TransactionsDeps {
  readonly storage: ActingStorage;
  readonly nowSeconds: () => number;
  /** The fence of the lease in force; undefined where this process must not act. */
  readonly fence: () => number | undefined;
  /** An action took and is recorded; called again where a process died before it was through with it. */
  readonly recorded: (decision: Decision, action: ActionRecord) => Promise<void>;
}

/**
 * Changes of one workload's target, each made once and recorded once: the intent is written, the target changed, read
 * back, the end recorded, the intent deleted. A process may die between any two of these: `resume` goes on from there.
 */
export class Transactions {
  readonly #workload: string;
  readonly #deps: TransactionsDeps;
  #open: ActionRecord | undefined;

  constructor(workload: string, deps: TransactionsDeps) {
    this.#workload = workload;
    this.#deps = deps;
  }

  /** Whether the end of an action is not known yet. */
  isOpen(): boolean {
    return this.#open !== undefined;
  }

  async restore(): Promise<void> {
    const stored = await this.#deps.storage.setting(actionKey(this.#workload));
    const parsed = actionRecordSchema.safeParse(stored);
    this.#open = parsed.success ? parsed.data : undefined;
  }

  /** How an action ended, where it did: the same id never acts again. */
  ended(id: string): Promise<Decision | undefined> {
    return this.#deps.storage.decision(id);
  }

  /** Begins and, as far as the target lets it, ends an action; only while none is open. */
  async run(action: ActionRecord, target: ScaleTarget, signal: AbortSignal): Promise<ActionEnd> {
    const done = await this.ended(action.id);
    if (done !== undefined) {
      return { kind: 'applied', decision: done, isNew: false };
    }
    await this.#deps.storage.setSetting(actionKey(this.#workload), action);
    this.#open = action;
    return this.#carryOut(action, target, signal);
  }

  /** Goes on with the open action, from wherever it was left. */
  async resume(target: ScaleTarget, signal: AbortSignal): Promise<ActionEnd | undefined> {
    const action = this.#open;
    if (action === undefined) {
      return undefined;
    }
    const done = await this.ended(action.id);
    if (done !== undefined) {
      if (done.outcome === APPLIED) {
        await this.#deps.recorded(done, action);
      }
      await this.#forget();
      return { kind: 'applied', decision: done, isNew: false };
    }
    if (!target.ability.reads) {
      return this.#carryOut(action, target, signal);
    }
    let state: TargetState;
    try {
      state = await target.read(within(signal));
    } catch (error) {
      if (signal.aborted || isUnsure(error)) {
        return { kind: 'unsure', reason: wordsOf(error) };
      }
      return this.#end(action, 'failed', error);
    }
    if (hasTaken(action, state)) {
      return this.#end(action, 'applied');
    }
    if (this.#deps.nowSeconds() - action.at > GIVE_UP_SECONDS) {
      return this.#end(action, 'failed', new Error('it could not be made in time'));
    }
    return this.#carryOut(action, target, signal);
  }

  async #carryOut(action: ActionRecord, target: ScaleTarget, signal: AbortSignal): Promise<ActionEnd> {
    const fence = this.#deps.fence();
    if (fence === undefined) {
      return { kind: 'unsure', reason: 'this Headroom does not hold the lease' };
    }
    try {
      await target.apply(
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
      if (target.ability.reads && !hasTaken(action, await target.read(within(signal)))) {
        return await this.#end(action, 'failed', new Error('the target accepted it, but is not set so'));
      }
    } catch (error) {
      return signal.aborted || isUnsure(error)
        ? { kind: 'unsure', reason: wordsOf(error) }
        : this.#end(action, 'failed', error);
    }
    return this.#end(action, 'applied');
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
    if (kind === 'applied') {
      await this.#deps.recorded(decision, action);
    }
    await this.#forget();
    return kind === 'applied' ? { kind, decision, isNew: true } : { kind, decision, error };
  }

  async #forget(): Promise<void> {
    await this.#deps.storage.deleteSetting(actionKey(this.#workload));
    this.#open = undefined;
  }
}

/** Whether the target bears what the action was to make of it. */
function hasTaken({ id, set }: ActionRecord, state: TargetState): boolean {
  if (set === 'original') {
    return !state.isHeld;
  }
  return (
    state.mark?.action === id &&
    state.setting.floor === set.floor &&
    (set.utilization === undefined || state.setting.utilization === set.utilization)
  );
}

/** A stored setting as a target takes it. */
export function settingOf({ floor, utilization }: { floor: number; utilization?: number | undefined }): TargetSetting {
  return utilization === undefined ? { floor } : { floor, utilization };
}

function isUnsure(error: unknown): boolean {
  return !(error instanceof HeadroomError) || UNSURE.has(error.code);
}

export function wordsOf(error: unknown): string {
  return error instanceof HeadroomError
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error);
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
}
