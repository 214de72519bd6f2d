import type { Expectation, Recommendation, RequestAdvice, ScaleLimits } from '../../contract/index.ts';
import type { Forecast } from '../forecasting/index.ts';
import type { Scalability } from '../simulation/index.ts';
import type { Series, TimeGrid } from '../timeseries/index.ts';
import type { Assurance } from './confidence.ts';
import type { Outlook } from './outlook.ts';
import type { Prices } from './prices.ts';
import type { AssessedScenarios, ScenariosAssessment } from './scenarios/scenarioOutlook.ts';

/** One series of a workload as the assessment needs it. */
export interface AssessedSeries {
  readonly name: string;
  readonly kind: 'activity' | 'resource';
  readonly unit: string;
  /** All forecasts of one assessment lie on the same grid. */
  readonly forecast: Forecast;
  /** Ends at the cutoff; the template for dependence over time and across series. */
  readonly history: Series;
  /** What one ready replica offers of it; absent: no capacity, no shortfall. */
  readonly perReplica?: number;
}

export interface AssessmentInput {
  readonly workload: string;
  readonly nowSeconds: number;
  /** At least one. */
  readonly series: readonly AssessedSeries[];
  /** Ready replicas now, which stay as they are where nothing is done; absent: unknown, so no capacity and no shortfall. */
  readonly replicas?: number;
  /** What was asked for before: kept as long as it keeps the risk and costs little more than the least plan. */
  readonly standing?: { readonly grid: TimeGrid; readonly counts: Float64Array };
  /** Ready replicas as measured, so that what one of them uses is known; absent: no request is recommended. */
  readonly replicaHistory?: Series;
  /** Requests that were recommended before: kept as long as they differ little from those of now. */
  readonly standingRequests?: readonly RequestAdvice[];
  readonly scaling: {
    readonly min: number;
    readonly max: number;
    readonly leadTimeSeconds: number;
    /** How fast plans may change; absent: as fast as they like. */
    readonly limits?: ScaleLimits;
    /** Accepted probability of at least one shortfall in a window of leadTime, averaged over time. */
    readonly risk: number;
    /** Quantiles of need. */
    readonly tiers: { readonly committed: number; readonly burst: number };
  };
  readonly cost: Prices & { readonly currency: string };
  /** How replicas slow each other down in serving the activity that has a capacity; absent: they don't. */
  readonly scalability?: Scalability;
  /** Seconds that one unit of that activity is counted over; default 1. */
  readonly unitSeconds?: number;
  readonly confidence: Assurance;
  readonly pathCount: number;
  readonly seed: number;
  /** Kept for the workload: what they bring is foreseen too, and the plan is made for their mixture. */
  readonly scenarios?: AssessedScenarios;
}

/** The outlook to publish and, where replicas and a capacity are known, what to do about it. */
export interface Assessment {
  readonly outlook: Outlook;
  /** State `proposed`; its id is a function of the input, so that the same input gives the same bits. */
  readonly recommendation?: Recommendation;
  /** What the plan behind it is expected to bring, also where holding is advised. */
  readonly planned?: Expectation;
  readonly scenarios?: ScenariosAssessment;
}
