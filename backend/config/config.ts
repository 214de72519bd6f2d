import type { RequestsConfig } from './compileRequests.ts';
import type { Mode, ScaleLimits, SourceEntry, TargetEntry, WorkloadEntry } from '../../contract/index.ts';

/** The compiled configuration: complete, frozen, durations in seconds and quantities as numbers. */
export interface Config {
  readonly sources: readonly SourceEntry[];
  readonly workloads: readonly WorkloadConfig[];
  readonly fleet: FleetConfig;
}

/** What holds for all workloads together. */
export interface FleetConfig {
  /** So large a share of them may be lowered within `lowerSeconds`; one always may. */
  readonly lowerShare: number;
  readonly lowerSeconds: number;
}

export interface QueryConfig {
  /** Name of the source that answers it. */
  readonly source: string;
  readonly query: string | Readonly<Record<string, unknown>>;
  /** Label that splits it into one series for each value. */
  readonly by?: string;
}

/** One series of a workload: an activity or a resource. */
export interface SeriesConfig {
  readonly name: string;
  readonly kind: 'activity' | 'resource';
  readonly query: QueryConfig;
  /** `''` where none was given. */
  readonly unit: string;
  /** What one replica offers of it; absent: it has no capacity and no shortfall. */
  readonly perReplica?: number;
  /** `perReplica: auto`: it is learnt from what is measured. */
  readonly learnsPerReplica?: true;
}

export interface NearConfig {
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  readonly historySeconds: number;
  /** From one forecast to the next: whole steps, a minute or more. */
  readonly intervalSeconds: number;
}

export interface PlanningConfig {
  /** Whole days. */
  readonly stepSeconds: number;
  readonly horizonSeconds: number;
  /** From one sample to the next, of which means and peaks are made; divides the step. */
  readonly sampleSeconds: number;
}

/** Prices, each absent where none is known; without one of replicas no cost is reported. */
export interface CostConfig {
  readonly replicaHour?: number;
  readonly tierReplicaHour?: { readonly committed: number; readonly reserved: number; readonly burst: number };
  readonly violationMinute?: number;
  readonly droppedThousand?: number;
  readonly scaleAction?: number;
  readonly idleReplicaHour?: number;
  /** What each part counts in the sum; absent is 1. */
  readonly weights?: {
    readonly replicas?: number;
    readonly violations?: number;
    readonly dropped?: number;
    readonly churn?: number;
    readonly overProvisioning?: number;
  };
  readonly currency: string;
}

/** How replicas serve, beyond what one of them does; absent is as the service model takes it. */
export interface ServingConfig {
  /** Seconds that one unit of demand is counted over. */
  readonly unitSeconds: number;
  readonly queueLimit?: number;
  readonly variability?: { readonly arrivals: number; readonly service: number };
  readonly scalability?: { readonly contention: number; readonly coherence: number };
}

export interface WorkloadConfig {
  readonly name: string;
  readonly declaredIn: 'file' | 'api' | 'demo';
  readonly definition: WorkloadEntry;
  /** Absent metadata is `''`. */
  readonly account: {
    readonly name: string;
    readonly tier: string;
    readonly industry: string;
    readonly region: string;
    readonly timeZone: string;
  };
  /** Events that are known ahead, such as holidays and sales; the end is not included. */
  readonly calendar: ReadonlyArray<{
    readonly name: string;
    readonly startSeconds: number;
    readonly endSeconds: number;
  }>;
  /** Name of the first activity: the demand that capacity is counted in. */
  readonly demand?: string;
  /** Activities first, in the file's order, then resources. */
  readonly series: readonly SeriesConfig[];
  readonly replicas?: QueryConfig;
  /** What of the declaration has no effect yet, or is missing for a shortfall, in words. */
  readonly notes: readonly string[];
  readonly forecast: {
    readonly stepSeconds: number;
    readonly horizonSeconds: number;
    readonly historySeconds: number;
    readonly model: string;
    readonly seasonSeconds?: number;
    /** The next hour at a finer step; absent where the file names no `nearStep`. */
    readonly near?: NearConfig;
    /** The next months; absent where the file names no `planning`. */
    readonly planning?: PlanningConfig;
  };
  /** Names of the scenarios that are kept for it, none twice; what they are is not known here. */
  readonly scenarios: readonly string[];
  readonly slo: {
    readonly latencySeconds?: number;
    readonly objective?: number;
    readonly serviceSeconds?: number;
    readonly latency?: QueryConfig & { readonly quantile: number };
    readonly errors?: QueryConfig;
  };
  readonly serving: ServingConfig;
  /** Whether scalability is learnt around what is declared. */
  readonly refitsServing?: true;
  readonly scaling: {
    readonly mode: Mode;
    readonly isModeLocked: boolean;
    readonly min: number;
    readonly max: number;
    readonly leadTimeSeconds: number;
    readonly drainSeconds: number;
    /** How fast plans may change; absent: as fast as they like. */
    readonly limits?: ScaleLimits;
    readonly risk: number;
    readonly tiers: { readonly committed: number; readonly burst: number };
    /** What is acted on; absent: nothing. */
    readonly target?: TargetEntry;
    /** Whose requests of cpu and memory are set; absent: nobody's. */
    readonly requests?: RequestsConfig;
    /** The utilisation target while a fresh floor carries the risk; absent: it is left alone. */
    readonly relaxedUtilization?: number;
    readonly cooldown: { readonly outSeconds: number; readonly inSeconds: number };
    readonly stabilizationSeconds: number;
    readonly worth: number;
    readonly freezes: ReadonlyArray<{
      readonly name: string;
      readonly startSeconds: number;
      readonly endSeconds: number;
      readonly direction: 'out' | 'in' | 'both';
    }>;
    readonly budgetCostHourly?: number;
    readonly handBackSeconds: number;
    readonly minHistorySeconds: number;
    /** Of a change, counted from when its replicas should serve. */
    readonly watchSeconds: number;
  };
  readonly cost: CostConfig;
}
