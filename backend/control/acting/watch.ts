import type { Decision } from '../../../contract/index.ts';
import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import { gridIndexAt } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { watchKey, watchRecordSchema, type ActingStorage, type WatchRecord } from './actionRecord.ts';
import { measuredNeed } from './measuredNeed.ts';
import { sloNow, type SloState } from './sloNow.ts';
import { watchVerdict, type Watched } from './watchVerdict.ts';

type WatchEnd = {
  readonly kind: 'rollBack';
  readonly action: WatchRecord['action'];
  readonly code: string;
  readonly text: string;
};

/** Watches the latest change of a workload: did its capacity come, did the load, was it worth it, did the SLO hold. */
export class Watch {
  readonly #workload: string;
  readonly #storage: ActingStorage;
  #record: WatchRecord | undefined;
  #watched: Watched = { violated: 0, looks: 0 };
  #sloBefore: SloState = 'unknown';

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
  }

  /** Begins with a change that took; the one watched before ends unseen. */
  async begin(decision: Decision, view: WorkloadView, nowSeconds: number): Promise<void> {
    const { leadTimeSeconds, watchSeconds } = view.config.scaling;
    const { grid, replicas } = view.outlook ?? {};
    const present = grid === undefined ? -1 : gridIndexAt(grid, nowSeconds);
    const [median, floor] = [replicas?.committed[present], replicas?.total[present]];
    const dueAt = decision.at + leadTimeSeconds;
    this.#sloBefore = sloNow(view, nowSeconds);
    this.#watched = { violated: 0, looks: 0 };
    this.#record = {
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
      foreseen: median === undefined || floor === undefined ? null : { median, floor },
    };
    await this.#storage.setSetting(watchKey(this.#workload), this.#record);
  }

  /** One look; what is over is recorded, what has to be rolled back is told. */
  async look(view: WorkloadView, state: TargetState, nowSeconds: number): Promise<WatchEnd | undefined> {
    const record = this.#record;
    if (record === undefined) {
      return undefined;
    }
    this.#see(view, state, record, nowSeconds);
    const verdict = watchVerdict(record, this.#watched, this.#sloBefore, nowSeconds);
    if (verdict.kind === 'watching') {
      return undefined;
    }
    const { action } = record;
    await this.#storage.appendDecision({
      id: `${action.id}-watch`,
      at: nowSeconds,
      who: 'headroom',
      what: 'watch',
      workload: this.#workload,
      why: [verdict.text],
      before: action.before,
      after: action.set,
      outcome: verdict.kind === 'over' ? verdict.outcome : verdict.code,
    });
    await this.#storage.deleteSetting(watchKey(this.#workload));
    this.#record = undefined;
    const isRollback = action.kind === 'rollback';
    return verdict.kind === 'rollBack' && !isRollback
      ? { kind: 'rollBack', action, code: verdict.code, text: verdict.text }
      : undefined;
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
