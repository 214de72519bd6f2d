import type { PlanFile, Recommendation, ScaleLimits, Scenario } from '../../../contract/index.ts';
import type { Margin, ServiceModel, WhenFull } from '../../simulation/index.ts';
import type { Series, TimeGrid } from '../../timeseries/index.ts';
import type { Prices } from '../prices.ts';
import type { Reactive } from './reactiveCounts.ts';

/** One series of a what-if: demand first, then the resources. */
export interface WhatIfSeries {
  readonly name: string;
  readonly unit: string;
  readonly forecast: Margin & { readonly grid: TimeGrid };
  readonly history: Series;
  /** What one ready replica offers of it. */
  readonly perReplica?: number;
  /** Of a resource with a capacity; absent: what a resource of this name usually does. */
  readonly whenFull?: WhenFull;
}

/** The service whose plans are judged. */
export interface WhatIfService {
  readonly min: number;
  readonly max: number;
  readonly startSeconds: number;
  /** A removed replica is paid so much longer; 0 where it is absent. */
  readonly drainSeconds?: number;
  /** How fast plans may change; absent: as fast as they like. */
  readonly limits?: ScaleLimits;
  readonly risk: number;
  /** Replicas that serve now. */
  readonly current: number;
  readonly tiers: { readonly committed: number; readonly burst: number };
  readonly prices: Prices;
  readonly currency: string;
  /** The reactive autoscaler above the floor. */
  readonly reactive?: Reactive;
  /** Without it latency, drops and attainment stay unknown. */
  readonly model?: ServiceModel;
}

export interface WhatIfInput {
  readonly series: readonly WhatIfSeries[];
  /** Beside the baseline, which is always simulated first. */
  readonly scenarios: readonly Scenario[];
  readonly plans: readonly PlanFile[];
  readonly service?: WhatIfService;
  /** Levels at which distributions are reported. */
  readonly levels: readonly number[];
  /**
   * Where somebody moves a slider: those of `levels` that are enough. Nothing is recommended and no kinds of plans are
   * compared then, so that it is answered in a part of the time; the rest says the same.
   */
  readonly sliderLevels?: readonly number[];
  readonly confidence: { readonly historySeconds: number; readonly coverage80?: number };
  readonly pathCount: number;
  readonly seed: number;
}

/** What a plan costs in a scenario, by what for; null is what cannot be known from the input. */
export interface CostParts {
  readonly replicas: number | null;
  readonly violations: number;
  readonly dropped: number | null;
  readonly churn: number;
  readonly overProvisioning: number;
}

/** How a plan fares in a scenario; null is what cannot be known from the input. */
export interface PlanReport {
  readonly plan: string;
  readonly replicas: ReadonlyArray<{ readonly at: number; readonly count: number }>;
  /** The sum of `costs`; null without a price of replicas. */
  readonly cost: number | null;
  readonly costs: CostParts;
  /** Of serving, starting and draining replicas. */
  readonly replicaHours: number;
  /** Expected minutes in which something is short. */
  readonly violationMinutes: number;
  readonly scaleActions: number;
  readonly utilization: number | null;
  readonly latencySeconds: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly throughput: number;
  readonly dropped: number | null;
  /** Mean replicas killed a step for want of memory. */
  readonly killed: number | null;
  /** `[step]`. */
  readonly shortfallProbability: readonly number[];
  /** The mean over time of at least one shortfall in a window of startSeconds. */
  readonly shortfallProbabilityWindow: number;
  /** At least one shortfall within the horizon. */
  readonly shortfallProbabilityHorizon: number;
  readonly sloAttainment: number | null;
}

export interface DistributionReport {
  readonly levels: readonly number[];
  /** `[level][step]`. */
  readonly values: ReadonlyArray<readonly number[]>;
}

export interface ScenarioReport {
  readonly scenario: string;
  /** Its share in the mixture that the recommendation is made for. */
  readonly weight: number;
  /** Replicas that are enough with probability 1 - risk in it, at the first step and at the highest; null without a service. */
  readonly asked: { readonly first: number; readonly peak: number } | null;
  readonly demand: DistributionReport;
  readonly resources: Readonly<Record<string, DistributionReport>>;
  readonly plans: readonly PlanReport[];
}

/**
 * static: one count all the time; scheduled-floor: what is recommended; floor-and-reactive: an HPA above a lower floor;
 * requests: a scheduled floor of replicas that request more or less than now.
 */
export type PlanKind = 'static' | 'scheduled-floor' | 'floor-and-reactive' | 'requests';

/** Replicas that request another amount than now. */
export interface ChangedRequests {
  /** Of what one requests now. */
  readonly factor: number;
  /** What one requests of each resource, in its unit. */
  readonly perReplica: Readonly<Record<string, number>>;
}

export interface FrontierPoint {
  readonly plan: string;
  readonly kind: PlanKind;
  /** Null without a price of replicas. */
  readonly cost: number | null;
  readonly replicaHours: number;
  readonly shortfallProbabilityWindow: number;
  readonly replicas: ReadonlyArray<{ readonly at: number; readonly count: number }>;
  /** Null where replicas stay as they are. */
  readonly requests: ChangedRequests | null;
}

/** The least plan of one kind that keeps the accepted risk in the mixture, as far as one does; `requests`: of each size. */
export interface CandidateReport extends Omit<FrontierPoint, 'plan'> {
  readonly isWithinRisk: boolean;
  /** Of the replica hours, what the reactive autoscaler adds to the floor. */
  readonly reactiveHours: number;
  /** Of the mixture; null without a service model. */
  readonly latencySeconds: PlanReport['latencySeconds'];
  readonly sloAttainment: number | null;
  /** Mean replicas killed a step for want of memory. */
  readonly killed: number | null;
}

/** A kind of which there is no candidate, and why. */
export interface AbsentKind {
  readonly kind: PlanKind;
  readonly reason: string;
}

export interface WhatIfReport {
  readonly scenarios: readonly ScenarioReport[];
  /** Of all kinds, those that none is better than in cost and risk at once; from the cheapest to the least risky. */
  readonly frontier: readonly FrontierPoint[];
  /** All plans that were looked at, by kind, from risky to safe. */
  readonly frontiers: Readonly<Partial<Record<PlanKind, readonly FrontierPoint[]>>>;
  readonly absent: readonly AbsentKind[];
  readonly candidates: readonly CandidateReport[];
  readonly recommendation: Recommendation | null;
  readonly warnings: readonly string[];
}
