import type { Storage } from '../../storage/index.ts';

const KINDS = new Set(['change', 'giveBack', 'rollback']);
const READ = 1000;
/** Decisions are recorded with the time at which they began, a while before. */
const LATE_SECONDS = 900;

/** The last change of a workload's target. */
export interface LastAction {
  readonly at: number;
  readonly kind: string;
  readonly by: 'headroom' | 'person';
  readonly outcome: 'applied' | 'failed';
}

/** When each workload was acted on last, by whichever Headroom did it, as the audit has it. */
export class LastActions {
  readonly #storage: Pick<Storage, 'decisions'>;
  readonly #headroom: string;
  readonly #last = new Map<string, LastAction & { readonly seq: number }>();
  #sinceSeconds = Number.NEGATIVE_INFINITY;

  /** `headroom` is who acts where no person does. */
  constructor(storage: Pick<Storage, 'decisions'>, headroom: string) {
    this.#storage = storage;
    this.#headroom = headroom;
  }

  of(workload: string): LastAction | undefined {
    const last = this.#last.get(workload);
    return last && { at: last.at, kind: last.kind, by: last.by, outcome: last.outcome };
  }

  /** Takes up what was recorded since the last time. */
  async refresh(): Promise<void> {
    const made = await this.#storage.decisions({
      limit: READ,
      ...(Number.isFinite(this.#sinceSeconds) ? { fromSeconds: this.#sinceSeconds } : {}),
    });
    for (const { workload, what, who, at, outcome, seq } of made) {
      this.#sinceSeconds = Math.max(this.#sinceSeconds, at - LATE_SECONDS);
      if (workload !== null && KINDS.has(what) && seq > (this.#last.get(workload)?.seq ?? 0)) {
        const by = who === this.#headroom ? 'headroom' : 'person';
        this.#last.set(workload, { seq, at, kind: what, by, outcome: outcome === 'applied' ? 'applied' : 'failed' });
      }
    }
  }
}
