import type { Assessment, AssessmentInput } from '../allocation/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import type { Forecast, History } from '../forecasting/index.ts';
import type { BenchedModel, Correction, IssuedForecast, ModelInventory, ModelVersion } from '../learning/index.ts';
import type { NeedForecastOptions, RowNeeds } from '../scaling/index.ts';
import type { Scalability, ScalabilityRefit, ServiceFit, ServiceHistory, ServicePromise } from '../simulation/index.ts';

/** One series to forecast within a job; its predictor is kept under `workload/name`. */
export interface SeriesJob {
  readonly name: string;
  readonly kind: 'activity' | 'resource';
  readonly unit: string;
  readonly history: History;
  readonly perReplica?: number;
  /** Its capacity is what the job's `capacity` teaches. */
  readonly learnsPerReplica?: true;
  /** How the quantiles of its forecast are moved. */
  readonly correction?: Correction;
}

/** A version of a learnt model whose forecasts, fitted in shadow, bound what those that serve may cost. */
export interface Leash {
  readonly name: string;
  readonly version: ModelVersion;
  /** Of each series, in its unit: by how much a mean CRPS may be larger. */
  readonly most: Readonly<Record<string, number>>;
}

/** From histories to an outlook: forecast each series, simulate them together, allocate. */
export interface OutlookJob {
  readonly workload: string;
  readonly horizon: number;
  readonly seasonSteps?: number;
  readonly series: readonly SeriesJob[];
  readonly leashes?: readonly Leash[];
  readonly assessment: Omit<AssessmentInput, 'series'>;
  /** The challenger whose shadow predictors forecast; fails where they are not fitted. Absent: what serves. */
  readonly tried?: { readonly name: string; readonly version: ModelVersion };
  /** What `perReplica` is learnt from, now and then anew; absent where nothing learns it or it is not measured. */
  readonly capacity?: {
    readonly history: ServiceHistory;
    readonly promise?: ServicePromise;
    /** Whether what one replica serves is learnt of it. */
    readonly learnsPerReplica: boolean;
    /** What is declared of how replicas slow each other down, where that is learnt around it. */
    readonly refits?: Scalability;
    /** What was learnt before is old, whatever its age. */
    readonly isStale?: true;
  };
}

/** Fits the predictor of one series, which later outlook jobs then use, beside an older one as both did of late. */
export interface FitJob {
  readonly workload: string;
  readonly series: string;
  readonly model: string;
  readonly history: History;
  readonly horizon: number;
  readonly seasonSteps?: number;
  readonly seed: number;
  /** The workload has other learnt models than before: no older fit counts. */
  readonly isAnew?: true;
}

/** A forecast of a posted series; nothing is kept. */
export interface PreviewJob {
  readonly model: string;
  readonly history: History;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly seed: number;
}

/** What the forecast that a series' predictor makes of a history uses. */
export interface ImportanceJob {
  readonly workload: string;
  readonly series: string;
  readonly history: History;
  readonly horizon: number;
  readonly seasonSteps?: number;
  readonly seed: number;
}

/** The forecast of one series at a range beside the day ahead. */
export interface RangeJob {
  readonly workload: string;
  readonly series: string;
  readonly history: History;
  readonly horizon: number;
  readonly seasonSteps: number;
  readonly seed: number;
  /** Nothing learnt before counts: the series is new, or another one under the same name. */
  readonly isFresh: boolean;
  /** Of the near range: replicas are wanted for the rows ahead, at each risk. */
  readonly needs?: NeedForecastOptions & { readonly risks: readonly number[] };
}

export interface RangeResult {
  readonly forecast: Forecast;
  /** Where they were wanted and enough was learnt, for each risk. */
  readonly needs?: readonly RowNeeds[];
  readonly seconds: number;
}

/** A workload's forecasts with another version of one learnt model, beside those that serve; each call for all series. */
export interface ShadowJob {
  readonly workload: string;
  /** As the workload is forecast. */
  readonly model: string;
  /** The learnt model whose version is another. */
  readonly name: string;
  readonly version: ModelVersion;
  readonly series: readonly SeriesJob[];
  readonly horizon: number;
  readonly seasonSteps?: number;
  /** Of the fits, series by series. */
  readonly seeds: readonly number[];
  /**
   * Fits its predictors, which are kept, or forecasts by them and by the champion's, as they are before anything is done
   * to what they say; a series that is not fitted for both has no forecast.
   */
  readonly fits: boolean;
}

/** What both said of the same series at the same cutoff, by series; empty where a job fits. */
export interface ShadowResult {
  readonly champion: ReadonlyMap<string, Forecast>;
  readonly challenger: ReadonlyMap<string, Forecast>;
  readonly benched: readonly BenchedModel[];
  readonly seconds: number;
}

export interface OutlookResult {
  readonly assessment: Assessment;
  /** What is known of the capacity that is learnt. */
  readonly capacity?: ServiceFit;
  /** What is known of how replicas slow each other down, where that is learnt. */
  readonly refit?: ScalabilityRefit;
  /** Series that were forecast by the quick model, since theirs is not fitted yet (or is lost). */
  readonly unfitted: readonly string[];
  /** Series that could not be forecast, with the reason in words. */
  readonly failed: ReadonlyMap<string, string>;
  /** Of the forecasts before their quantiles were moved: what has to be remembered, by series and zone of leads. */
  readonly raw: ReadonlyMap<string, ReadonlyArray<IssuedForecast | undefined>>;
  /** Learnt models that gave nonsense since the last outlook; the last good ones have forecast in their place. */
  readonly benched: readonly BenchedModel[];
  readonly forecastSeconds: number;
  readonly assessmentSeconds: number;
}

/** Where the heavy work is done: worker threads in the product, in place in tests. Jobs of one workload keep their order. */
export interface Compute {
  outlook(job: OutlookJob): Promise<OutlookResult>;
  /** Resolves with the seconds it took. */
  fit(job: FitJob): Promise<number>;
  preview(job: PreviewJob): Promise<Forecast>;
  importance(job: ImportanceJob): Promise<ForecastImportance>;
  /** What a challenger says; never before anything that serves. */
  shadow(job: ShadowJob): Promise<ShadowResult>;
  /** The next hour, by a predictor that is kept and goes on learning. */
  near(job: RangeJob): Promise<RangeResult>;
  /** The next months. */
  planning(job: RangeJob): Promise<RangeResult>;
  /** The learnt models, shipped and tuned, read as the jobs read them. */
  models(): Promise<ModelInventory>;
  /** Drops the predictors of a workload that is gone. */
  forget(workload: string): Promise<void>;
  /** Jobs that wait. */
  queued(): number;
  close(): Promise<void>;
}
