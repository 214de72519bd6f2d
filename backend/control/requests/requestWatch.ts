import type { Decision } from '../../../contract/index.ts';
import { REQUEST_KINDS, type RequestSetting, type RequestSituation, type RequestState } from '../../scaling/index.ts';
import { APPLIED } from '../acting/actionEnd.ts';
import { HEADROOM } from '../acting/actorDeps.ts';
import { LEAST_VIOLATED } from '../acting/watchVerdict.ts';
import { REQUESTS, requestSettingSchema, WATCHED, type RequestStorage } from './requestRecord.ts';

export type RequestWatchVerdict =
  | { readonly kind: 'watching' }
  /** What to set instead: what was lowered as it was before. */
  | { readonly kind: 'rollBack'; readonly set: RequestSetting | 'original'; readonly text: string };

const WATCHING: RequestWatchVerdict = { kind: 'watching' };

/**
 * Watches the last change of a workload's requests: what lowered one is taken back where the SLO, met before, is violated
 * within its window. What only raised is not: taking it back would make it worse.
 */
export class RequestWatch {
  readonly #storage: RequestStorage;
  #watched: { readonly id: string; looks: number; violated: number; isOver: boolean } | undefined;

  constructor(storage: RequestStorage) {
    this.#storage = storage;
  }

  /** One look; a window that is over is recorded once. */
  async look(
    past: Decision | undefined,
    state: RequestState,
    { nowSeconds, isSloViolated }: Pick<RequestSituation, 'nowSeconds' | 'isSloViolated'>,
    watchSeconds: number
  ): Promise<RequestWatchVerdict> {
    if (past?.what !== REQUESTS || past.outcome !== APPLIED) {
      this.#watched = undefined;
      return WATCHING;
    }
    if (this.#watched?.id !== past.id) {
      this.#watched = { id: past.id, looks: 0, violated: 0, isOver: false };
    }
    const watched = this.#watched;
    if (watched.isOver) {
      return WATCHING;
    }
    // A clock that jumped back makes the change no younger.
    if (Math.abs(nowSeconds - past.at) >= watchSeconds) {
      await this.#record(past, watched.violated, watched.looks, nowSeconds);
      watched.isOver = true;
      return WATCHING;
    }
    watched.looks++;
    watched.violated += isSloViolated ? 1 : 0;
    const set = watched.violated < LEAST_VIOLATED ? undefined : formerOf(past, state);
    return set === undefined
      ? WATCHING
      : {
          kind: 'rollBack',
          set,
          text: `Rolled back: the SLO was violated at ${String(watched.violated)} of ${String(watched.looks)} looks since`,
        };
  }

  async #record(past: Decision, violated: number, looks: number, at: number): Promise<void> {
    if (looks === 0) {
      return;
    }
    await this.#storage.appendDecision({
      id: `${past.id}-watch`,
      at,
      who: HEADROOM,
      what: WATCHED,
      workload: past.workload,
      why: [`The SLO was violated at ${String(violated)} of ${String(looks)} looks since`],
      before: past.before,
      after: past.after,
      outcome: violated >= LEAST_VIOLATED ? 'slo-violated' : 'in-time',
    });
  }
}

/** What was lowered, as it was before; absent where nothing was, or it has been raised since. */
function formerOf(past: Decision, { held, setting, original }: RequestState): RequestSetting | 'original' | undefined {
  const before = requestSettingSchema.safeParse(past.before).data ?? {};
  const now = held ?? setting;
  const lowered = REQUEST_KINDS.filter((kind) => (before[kind] ?? 0) > (now[kind] ?? Number.POSITIVE_INFINITY));
  if (lowered.length === 0) {
    return undefined;
  }
  const former = Object.fromEntries(
    REQUEST_KINDS.map((kind) => [kind, lowered.includes(kind) ? before[kind] : now[kind]])
  );
  return REQUEST_KINDS.every((kind) => former[kind] === original[kind])
    ? 'original'
    : Object.fromEntries(lowered.map((kind) => [kind, before[kind]]));
}
