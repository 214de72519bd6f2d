import type { Decision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { RequestState, RequestTarget } from '../../scaling/index.ts';
import { APPLIED } from '../acting/actionEnd.ts';
import { wordsOf } from '../acting/wordsOf.ts';
import { requestRecordKey, requestRecordSchema, type RequestRecord, type RequestStorage } from './requestRecord.ts';

const CALL_MS = 60_000;
/** A change that is not known to be made after so long is given up. */
const GIVE_UP_SECONDS = 600;
/** After these a change may have been made or not. */
const UNSURE = new Set(['TARGET_UNREACHABLE', 'TARGET_TIMEOUT', 'TARGET_FAILED', 'TARGET_THROTTLED']);

export interface RequestTransactionsDeps {
  readonly storage: RequestStorage;
  readonly nowSeconds: () => number;
  readonly fence: () => number | undefined;
  /** What was read back after a change. */
  readonly seen: (state: RequestState) => void;
}

/**
 * Changes of one workload's requests, each made once and recorded once: the intent is written, the target changed, read
 * back, the end recorded, the intent deleted. `settle` goes on where a process died in between.
 */
export class RequestTransactions {
  readonly #workload: string;
  readonly #target: RequestTarget;
  readonly #deps: RequestTransactionsDeps;

  constructor(workload: string, target: RequestTarget, deps: RequestTransactionsDeps) {
    this.#workload = workload;
    this.#target = target;
    this.#deps = deps;
  }

  /** The change that was begun and whose end is not known yet. */
  async open(): Promise<RequestRecord | undefined> {
    return requestRecordSchema.safeParse(await this.#deps.storage.setting(requestRecordKey(this.#workload))).data;
  }

  /** Throws ACTING_UNSURE where nobody knows yet whether it was made. */
  async run(record: RequestRecord, signal: AbortSignal): Promise<Decision> {
    const done = await this.#deps.storage.decision(record.id);
    if (done !== undefined) {
      return done;
    }
    await this.#deps.storage.setSetting(requestRecordKey(this.#workload), record);
    return this.#carryOut(record, signal);
  }

  /** Ends what is open, given the target as it was just read; what was not made yet is made unless something objects. */
  async settle(
    state: RequestState,
    objection: (record: RequestRecord) => string | undefined,
    signal: AbortSignal
  ): Promise<Decision | undefined> {
    const record = await this.open();
    if (record === undefined) {
      return undefined;
    }
    const done = await this.#deps.storage.decision(record.id);
    if (done !== undefined) {
      await this.#forget();
      return done;
    }
    if (record.target !== this.#target.name) {
      return this.#end(record, `it was begun for ${record.target}, which is not the target any more`);
    }
    if (isMade(record, state)) {
      return this.#end(record);
    }
    if (this.#deps.nowSeconds() - record.at > GIVE_UP_SECONDS) {
      return this.#end(record, 'it could not be made in time');
    }
    const reason = objection(record);
    return reason === undefined ? this.#carryOut(record, signal) : this.#end(record, `it was not made: ${reason}`);
  }

  async #carryOut(record: RequestRecord, signal: AbortSignal): Promise<Decision> {
    const fence = this.#deps.fence();
    if (fence === undefined) {
      throw new HeadroomError('ACTING_UNSURE', { workload: this.#workload, reason: 'it does not hold the lease' });
    }
    const within = AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
    const { id, set, expectedVersion, reasons } = record;
    let state: RequestState;
    try {
      const reason = reasons.map(({ text }) => text).join('; ');
      await this.#target.apply({ action: id, fence, set, expectedVersion, reason }, within);
      state = await this.#target.read(within);
    } catch (error) {
      if (signal.aborted || !(error instanceof HeadroomError) || UNSURE.has(error.code)) {
        throw new HeadroomError(
          'ACTING_UNSURE',
          { workload: this.#workload, reason: wordsOf(error) },
          { cause: error }
        );
      }
      return this.#end(record, wordsOf(error));
    }
    this.#deps.seen(state);
    return this.#end(record, isMade(record, state) ? undefined : 'the target accepted it, but is not set so');
  }

  async #end(record: RequestRecord, problem?: string): Promise<Decision> {
    const { id, at, who, what, workload, reasons, before, after } = record;
    const decision = await this.#deps.storage.appendDecision({
      id,
      at,
      who,
      what,
      workload,
      why: reasons.map(({ text }) => text),
      before,
      after,
      outcome: problem === undefined ? APPLIED : `failed: ${problem}`,
    });
    await this.#forget();
    return decision;
  }

  async #forget(): Promise<void> {
    await this.#deps.storage.deleteSetting(requestRecordKey(this.#workload));
  }
}

/** The marks and, as they run, the replicas: what is not on every one of them is not made. */
function isMade({ id, set }: RequestRecord, { isHeld, mark, replicas }: RequestState): boolean {
  return set === 'original' ? !isHeld : mark?.action === id && replicas.behind === 0;
}
