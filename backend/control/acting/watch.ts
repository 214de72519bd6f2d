import type { Decision } from '../../../contract/index.ts';
import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { watchKey, watchRecordSchema, type ActingStorage, type WatchRecord } from './actionRecord.ts';
import { measuredNeed } from './measuredNeed.ts';
import { sloNow } from './sloNow.ts';
import { watchVerdict, type Watched, type WatchVerdict } from './watchVerdict.ts';

type WatchEnd = {
  readonly kind: 'rollBack';
  /** Since when it should be rolled back. */
  readonly at: number;
  readonly action: WatchRecord['action'];
  readonly code: string;
  readonly text: string;
};

const NOTHING: Watched = { violated: 0, looks: 0, dueLooks: 0 };

/** Watches the latest change of a workload: did its capacity come, did the load, was it worth it, did the SLO hold. */
export class Watch {
  readonly #workload: string;
  readonly #storage: ActingStorage;
  #record: WatchRecord | undefined;
  #watched: Watched = NOTHING;

  constructor(workload: string, storage: ActingStorage) {
    this.#workload = workload;
    this.#storage = storage;
  }

  get record(): WatchRecord | undefined {
    return this.#record;
  }

  async restore(): Promise<void> {
    const parsed = watchRecordSchema.safeParse(await this.#storage.setting(watchKey(this.#workload)));
    this.#record = parsed.success ? parsed.data : undefined;
    this.#watched = NOTHING;
  }

  /** Begins with a change that took; the one watched before ends unseen. */
  async begin(decision: Decision, view: WorkloadView, nowSeconds: number): Promise<void> {
    const { leadTimeSeconds, watchSeconds } = view.config.scaling;
    const { grid, replicas } = view.outlook ?? {};
    const present = grid === undefined ? -1 : gridIndexAt(grid, nowSeconds);
    const [median, floor] = [replicas?.committed[present], replicas?.total[present]];
    const dueAt = decision.at + leadTimeSeconds;
    const record: WatchRecord = {
      action: {
        id: decision.id,
        workload: this.#workload,
        at: decision.at,
        who: decision.who,
        kind: decision.what as WatchRecord['action']['kind'],
        direction: (decision.after as TargetSetting).floor < (decision.before as TargetSetting).floor ? 'in' : 'out',
        set: decision.after as TargetSetting,
        before: decision.before as TargetSetting,
        original: decision.before as TargetSetting,
        ...replicasOf(view),
        holdUntil: decision.at,
        reasons: [],
      },
      dueAt,
      endsAt: dueAt + watchSeconds,
      sloBefore: sloNow(view, nowSeconds),
      foreseen: median === undefined || floor === undefined ? null : { median, floor },
    };
    await this.#storage.setSetting(watchKey(this.#workload), record);
    this.#watched = NOTHING;
    this.#record = record;
  }

  /** Ends unseen, or where what was to be rolled back is. */
  async end(): Promise<void> {
    await this.#storage.deleteSetting(watchKey(this.#workload));
    this.#record = undefined;
  }

  /** One look; what is over is recorded, what has to be rolled back is told, again and again until it `end`s. */
  async look(view: WorkloadView, state: TargetState, nowSeconds: number): Promise<WatchEnd | undefined> {
    const record = this.#record;
    if (record === undefined) {
      return undefined;
    }
    const { action } = record;
    if (record.verdict === undefined) {
      this.#see(view, state, record, nowSeconds);
    }
    const verdict: WatchVerdict =
      record.verdict === undefined
        ? watchVerdict(record, this.#watched, sloNow(view, nowSeconds), nowSeconds)
        : { kind: 'rollBack', ...record.verdict };
    if (verdict.kind === 'watching') {
      return undefined;
    }
    const at = record.verdict?.at ?? nowSeconds;
    const isToRollBack = verdict.kind === 'rollBack' && action.kind !== 'rollback';
    if (isToRollBack && record.verdict === undefined) {
      const judged = { ...record, verdict: { at, code: verdict.code, text: verdict.text } };
      await this.#storage.setSetting(watchKey(this.#workload), judged);
      this.#record = judged;
    }
    await this.#storage.appendDecision({
      id: `${action.id}-watch`,
      at,
      who: 'headroom',
      what: 'watch',
      workload: this.#workload,
      why: [verdict.text],
      before: action.before,
      after: action.set,
      outcome: verdict.kind === 'over' ? verdict.outcome : verdict.code,
    });
    if (isToRollBack) {
      return { kind: 'rollBack', at, action, code: verdict.code, text: verdict.text };
    }
    await this.end();
    return undefined;
  }

  #see(view: WorkloadView, state: TargetState, { action, dueAt }: WatchRecord, nowSeconds: number): void {
    const replicas = state.replicas ?? replicasOf(view).replicas;
    const to = action.set === 'original' ? action.original : action.set;
    const need = measuredNeed(view, nowSeconds, 1);
    const { mostReplicas, arrivedAt, mostNeed, ...seen } = this.#watched;
    const slo = sloNow(view, nowSeconds);
    const isDue = nowSeconds >= dueAt || to.floor <= action.before.floor;
    const most = replicas === undefined ? mostReplicas : Math.max(replicas, mostReplicas ?? 0);
    const arrived = arrivedAt ?? (replicas !== undefined && replicas >= to.floor ? nowSeconds : undefined);
    const needed = need.kind === 'observed' ? Math.max(need.replicas, mostNeed ?? 0) : mostNeed;
    this.#watched = {
      violated: seen.violated + (isDue && slo === 'violated' ? 1 : 0),
      looks: seen.looks + (isDue && slo !== 'unknown' ? 1 : 0),
      dueLooks: seen.dueLooks + (nowSeconds >= dueAt && replicas !== undefined ? 1 : 0),
      ...(most === undefined ? {} : { mostReplicas: most }),
      ...(arrived === undefined ? {} : { arrivedAt: arrived }),
      ...(needed === undefined ? {} : { mostNeed: needed }),
    };
  }
}

function replicasOf({ replicas }: WorkloadView): { readonly replicas?: number } {
  const latest = replicas?.values.findLast((value) => !Number.isNaN(value));
  return latest === undefined ? {} : { replicas: latest };
}
