import type { NewDecision } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { TargetState } from '../../scaling/index.ts';
import { HEADROOM, type ActorDeps } from './actorDeps.ts';
import { isUntunedMark, untunedMark } from './fateOf.ts';
import type { Hands } from './hands.ts';
import { withUtilization } from './settingsOf.ts';
import { APPLIED } from './actionEnd.ts';
import { wordsOf } from './wordsOf.ts';

const CALL_MS = 20_000;
/** A storage that is busy may be free at the next turn. */
const BUSY_TURNS = 2;

/**
 * The one change that is made although it cannot be recorded first: a relaxed utilisation target goes back, which only adds
 * capacity, for nothing that is decided later could be carried out. It is recorded once the storage takes it; where Headroom
 * died before, by its mark at the target.
 */
export class Unrecorded {
  readonly #hands: Hands;
  readonly #deps: ActorDeps;
  #refusals = 0;
  /** Under which lease was looked for a mark that nobody recorded. */
  #lookedFence: number | undefined;
  #owed: { readonly decision: NewDecision; readonly isSure: boolean } | undefined;

  constructor(hands: Hands, deps: ActorDeps) {
    this.#hands = hands;
    this.#deps = deps;
  }

  /** Records what is owed, before anything else changes the target; throws what storage or target refuses that with. */
  async settle(signal: AbortSignal): Promise<void> {
    if (this.#owed === undefined) {
      await this.#recordLeft(signal);
      return;
    }
    const { decision, isSure } = this.#owed;
    if (isSure || isMade(decision, await this.#hands.read(signal))) {
      await this.#deps.storage.appendDecision(decision);
    }
    this.#owed = undefined;
  }

  /** What was made by a Headroom that died before it could record it; once under each lease. */
  async #recordLeft(signal: AbortSignal): Promise<void> {
    const { storage, nowSeconds } = this.#deps;
    const fence = this.#deps.fence();
    if (fence === undefined || fence === this.#lookedFence || !this.#hands.target.ability.reads) {
      return;
    }
    const seen = await this.#hands.look(signal);
    if (seen.kind === 'unread') {
      return;
    }
    const { mark, setting } = seen.state;
    if (mark !== undefined && isUntunedMark(mark.action) && (await storage.decision(mark.action)) === undefined) {
      await storage.appendDecision({
        ...{ id: mark.action, at: nowSeconds(), who: HEADROOM, what: 'change', workload: this.#hands.workload },
        why: [
          'The utilisation target went back to what its owner set: nothing could be recorded, and Headroom ended before it could tell; found now by its mark',
        ],
        ...{ before: null, after: { ...setting }, outcome: APPLIED },
      });
    }
    this.#lookedFence = fence;
  }

  /** After a turn that ended in `error`, if in any; gives back what is to be told of it. */
  async after(error: unknown, signal: AbortSignal): Promise<unknown> {
    const refusal = [error, this.#deps.storageProblem?.()].find(isRefusal);
    if (refusal === undefined) {
      this.#refusals = 0;
      return error;
    }
    this.#refusals++;
    if (refusal.code === 'STORAGE_BUSY' && this.#refusals < BUSY_TURNS) {
      return error;
    }
    const seen = await this.#hands.look(signal);
    if (seen.kind === 'unread') {
      return error ?? seen.error;
    }
    const { state } = seen;
    this.#owed = this.#owed && { ...this.#owed, isSure: this.#owed.isSure || isMade(this.#owed.decision, state) };
    const { isHeld, setting, original, holdUntilSeconds } = state;
    if (!isHeld || setting.utilization === original.utilization) {
      return error;
    }
    const fence = this.#deps.fence();
    if (fence === undefined) {
      const until =
        holdUntilSeconds === undefined ? '' : ` after ${new Date(holdUntilSeconds * 1000).toISOString().slice(0, 19)}Z`;
      return new Error(
        `${wordsOf(refusal)}: the utilisation target stays relaxed, for nothing is done without the lease; the watchdog gives it back${until}`
      );
    }
    return (await this.#untune(state, fence, wordsOf(refusal), signal)) ?? error;
  }

  /** Gives back why it did not take. */
  async #untune(state: TargetState, fence: number, problem: string, signal: AbortSignal): Promise<unknown> {
    const { setting, original, version } = state;
    const now = this.#deps.nowSeconds();
    const set = withUtilization(setting.floor, original.utilization);
    const reason = `The utilisation target goes back to what its owner set: nothing can be recorded (${problem})`;
    const { open } = this.#hands;
    const isOpens = open !== undefined && open.id === state.mark?.action;
    const id = untunedMark(isOpens ? open.id : this.#hands.idOf('untune', state));
    const decision: NewDecision = {
      id,
      at: now,
      who: HEADROOM,
      what: 'change',
      workload: this.#hands.workload,
      why: [reason],
      before: { ...setting },
      after: { ...set },
      outcome: APPLIED,
    };
    const former = this.#owed?.isSure === true ? this.#owed : undefined;
    // What is owed of a former one is not lost: it was made before this was decided.
    this.#owed = former ?? { decision, isSure: false };
    await this.#hands.target.apply(
      {
        action: id,
        fence,
        set,
        ...(version === undefined ? {} : { expectedVersion: version }),
        holdUntilSeconds: state.holdUntilSeconds ?? now,
        reason,
      },
      AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)])
    );
    if (!isMade(decision, await this.#hands.read(signal))) {
      this.#owed = former;
      return new Error('the target accepted that its utilisation target goes back, but is not set so');
    }
    this.#owed = { decision: this.#owed.decision, isSure: true };
    this.#deps.hooks.event({
      atSeconds: now,
      level: 'warn',
      what: 'scaling',
      workload: this.#hands.workload,
      message: reason,
    });
    return undefined;
  }
}

function isMade({ id }: NewDecision, { mark }: TargetState): boolean {
  return mark?.action === id;
}

function isRefusal(error: unknown): error is HeadroomError {
  return error instanceof HeadroomError && error.code.startsWith('STORAGE_');
}
