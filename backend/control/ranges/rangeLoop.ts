import type { NearPlan } from '../../allocation/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import type { HistorySource } from '../../forecasting/index.ts';
import type { Scalability } from '../../simulation/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Compute } from '../compute.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { RangeView } from './rangeView.ts';

/** The loop of one range of one workload: observe and forecast, beside the day ahead. */
export interface RangeLoop {
  /** Takes up what the storage kept. */
  restore(): Promise<void>;
  /** One turn. Never rejects for what the outside did: failures end up in the view and the hooks. */
  turn(signal: AbortSignal): Promise<void>;
  view(): RangeView;
  /** After how many seconds another look is worth it; `undefined`: not before the next step. */
  againSeconds(): number | undefined;
}

export interface RangeLoopDeps {
  readonly sources: ReadonlyMap<string, HistorySource>;
  readonly storage: Storage;
  readonly compute: Compute;
  readonly hooks: FleetHooks;
  readonly nowSeconds: () => number;
  /** The accepted risk in force; default the declared one. */
  readonly risk?: (config: WorkloadConfig) => number;
  /** Ready replicas at present, where they are known. */
  readonly currentReplicas: () => number | undefined;
  /** What one replica offers of a series, declared or learnt; undefined where it has no capacity. */
  readonly perReplica: (series: string) => number | undefined;
  /** How replicas slow each other down, declared or learnt; undefined where they don't. */
  readonly scalability: () => Scalability | undefined;
  /** The near range has decided, or `undefined`: it could not, with the reason in words. */
  readonly onNear: (plan: NearPlan | undefined, reason: string) => Promise<void>;
}
