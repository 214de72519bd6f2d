import { assessWorkload, type AssessedSeries } from '../allocation/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { forecastImportance, type ForecastImportance } from '../evaluation/index.ts';
import {
  createForecaster,
  onlineNear,
  PUBLISHED_LEVELS,
  type FitOptions,
  type Forecast,
  type Predictor,
} from '../forecasting/index.ts';
import {
  conformed,
  isSameVersion,
  leashed,
  newSeriesLearning,
  rawPieces,
  versionWords,
  weighedPredictor,
  weighFits,
  WorkloadModels,
  type BenchedModel,
  type IssuedForecast,
  type ModelInventory,
  type ModelVersion,
  type WeighedFits,
} from '../learning/index.ts';
import { CapacityLearner } from './capacityLearner.ts';
import { NeedForecasts } from './ranges/needForecasts.ts';
import type {
  FitJob,
  ImportanceJob,
  OutlookJob,
  OutlookResult,
  PreviewJob,
  RangeJob,
  RangeResult,
  SeriesJob,
  ShadowJob,
  ShadowResult,
} from './compute.ts';

/** The model that answers while a series' own is not fitted yet: at once, from the past alone. */
const QUICK_MODEL = 'seasonal-naive';

/**
 * Does the jobs and keeps the fitted predictors; one of it lives in each worker thread.
 *
 * Outlooks of several workloads may be asked for at once: their networks then run together.
 */
export class ComputeHandler {
  readonly #predictors = new Map<string, Predictor>();
  /** Of which version the predictors of a challenger are. */
  readonly #shadowVersions = new Map<string, ModelVersion>();
  /** Of each series the newest fit and one that is kept beside it. */
  readonly #fits = new Map<string, WeighedFits>();
  readonly #capacities = new CapacityLearner();
  readonly #needs = new NeedForecasts();
  /** What gave nonsense and is not told of yet, by workload. */
  readonly #benched = new Map<string, BenchedModel[]>();
  readonly #monotonicSeconds: () => number;

  readonly #models: WorkloadModels;

  /** `monotonicSeconds` measures how long jobs take; `models` are those that `auto` may choose from too. */
  constructor(monotonicSeconds: () => number, models = new WorkloadModels(undefined)) {
    this.#monotonicSeconds = monotonicSeconds;
    this.#models = models;
  }

  async outlook(job: OutlookJob): Promise<OutlookResult> {
    this.#requireTried(job);
    const startedSeconds = this.#monotonicSeconds();
    const unfitted: string[] = [];
    const failed = new Map<string, string>();
    const series: AssessedSeries[] = [];
    const raw = new Map<string, ReadonlyArray<IssuedForecast | undefined>>();
    const capacity = this.#capacities.learn(job);
    const learnt = capacity?.kind === 'fitted' ? capacity.perReplica : undefined;
    const refit = this.#capacities.refit(job);
    const adopted = refit?.kind === 'adopted' ? refit : undefined;
    // All at once, as other jobs' are: networks answer them in one call.
    const outcomes = await Promise.allSettled(job.series.map((each) => this.#forecast(job, each, unfitted)));
    for (const [index, outcome] of outcomes.entries()) {
      const each = job.series[index]!;
      if (outcome.status === 'rejected' && job.tried !== undefined) {
        throw outcome.reason as Error;
      }
      if (outcome.status === 'rejected') {
        failed.set(each.name, (outcome.reason as Error).message);
      } else {
        raw.set(
          each.name,
          rawPieces(outcome.value, newSeriesLearning(outcome.value.grid.stepSeconds).drift.blockSeconds)
        );
        series.push({
          name: each.name,
          kind: each.kind,
          unit: each.unit,
          forecast: movedForecast(each, outcome.value),
          history: each.history.target,
          ...perReplicaOf(each, learnt, each.kind === 'activity' ? adopted?.perReplicaFactor : undefined),
        });
      }
    }
    if (series.length === 0) {
      throw new HeadroomError('FORECAST_FAILED', {
        model: 'auto',
        series: job.workload,
        reason: [...failed.values()].join('; '),
      });
    }
    const forecastSeconds = this.#monotonicSeconds() - startedSeconds;
    const assessment = assessWorkload({
      ...job.assessment,
      ...(adopted === undefined ? {} : { scalability: adopted.scalability }),
      series,
    });
    const assessmentSeconds = this.#monotonicSeconds() - startedSeconds - forecastSeconds;
    return {
      assessment,
      unfitted,
      failed,
      raw,
      benched: job.tried === undefined ? this.#takeBenched(job.workload) : [],
      forecastSeconds,
      assessmentSeconds,
      ...(capacity === undefined ? {} : { capacity }),
      ...(refit === undefined ? {} : { refit }),
    };
  }

  async fit(job: FitJob): Promise<number> {
    const startedSeconds = this.#monotonicSeconds();
    const models = await this.#models.of(job.workload, { onBenched: this.#onBenched(job.workload) });
    const fresh = await createForecaster(job.model, models).fit(job.history, {
      horizon: job.horizon,
      seed: job.seed,
      ...(job.seasonSteps === undefined ? {} : { seasonSteps: job.seasonSteps }),
    });
    const key = keyOf(job.workload, job.series);
    const before = job.isAnew === true ? undefined : this.#fits.get(key);
    const fits = await weighFits(before, fresh, job.history, job.horizon);
    this.#fits.set(key, fits);
    this.#predictors.set(key, weighedPredictor(fits));
    return this.#monotonicSeconds() - startedSeconds;
  }

  async shadow(job: ShadowJob): Promise<ShadowResult> {
    const startedSeconds = this.#monotonicSeconds();
    const benched: BenchedModel[] = [];
    const { workload, model, name, version, series, horizon, seasonSteps, seeds } = job;
    const [champion, challenger] = [new Map<string, Forecast>(), new Map<string, Forecast>()];
    let isFitting = job.fits;
    if (job.fits) {
      this.#shadowVersions.delete(shadowKey(workload, name, ''));
      const models = await this.#models.of(workload, {
        instead: { name, version },
        // What comes out when it forecasts in a test is told with the next outlook.
        onBenched: (each) => {
          if (isFitting) {
            benched.push(each);
          } else {
            this.#onBenched(workload)(each);
          }
        },
      });
      for (const [index, { name: of, history }] of series.entries()) {
        const season = seasonSteps === undefined ? {} : { seasonSteps };
        const predictor = await createForecaster(model, models).fit(history, {
          horizon,
          seed: seeds[index]!,
          ...season,
        });
        this.#predictors.set(shadowKey(workload, name, of), predictor);
      }
      this.#shadowVersions.set(shadowKey(workload, name, ''), version);
      isFitting = false;
    } else {
      const options = { horizon, levels: PUBLISHED_LEVELS };
      // All at once: networks answer them in one call.
      await Promise.all(
        series.map(async ({ name: of, history }) => {
          // A newest fit beside a newest fit.
          const own = this.#fits.get(keyOf(workload, of))?.fresh;
          const other = this.#predictors.get(shadowKey(workload, name, of));
          if (own !== undefined && other !== undefined) {
            const both = await Promise.all([own.predict(history, options), other.predict(history, options)]);
            champion.set(of, both[0]);
            challenger.set(of, both[1]);
          }
        })
      );
    }
    return { champion, challenger, benched, seconds: this.#monotonicSeconds() - startedSeconds };
  }

  async preview(job: PreviewJob): Promise<Forecast> {
    const predictor = await createForecaster(job.model, await this.#models.of(undefined)).fit(job.history, {
      horizon: job.horizon,
      seed: job.seed,
    });
    return predictor.predict(job.history, { horizon: job.horizon, levels: job.levels });
  }

  async importance(job: ImportanceJob): Promise<ForecastImportance> {
    const { workload, series, history, seed, ...options } = job;
    const predictor =
      this.#predictors.get(keyOf(workload, series)) ??
      (await createForecaster(QUICK_MODEL).fit(history, { seed, ...options }));
    return forecastImportance(predictor, history, options);
  }

  async near(job: RangeJob): Promise<RangeResult> {
    const startedSeconds = this.#monotonicSeconds();
    const key = keyOf(job.workload, `near/${job.series}`);
    let predictor = job.isFresh ? undefined : this.#predictors.get(key);
    predictor ??= await onlineNear().fit(job.history, fitOptions(job));
    this.#predictors.set(key, predictor);
    const forecast = await predictor.predict(job.history, { horizon: job.horizon, levels: PUBLISHED_LEVELS });
    const needs = this.#needs.after(key, job);
    return {
      forecast,
      ...(needs === undefined ? {} : { needs }),
      seconds: this.#monotonicSeconds() - startedSeconds,
    };
  }

  async planning(job: RangeJob): Promise<RangeResult> {
    const startedSeconds = this.#monotonicSeconds();
    const predictor = await createForecaster('planning').fit(job.history, fitOptions(job));
    const forecast = await predictor.predict(job.history, { horizon: job.horizon, levels: PUBLISHED_LEVELS });
    return { forecast, seconds: this.#monotonicSeconds() - startedSeconds };
  }

  models(): Promise<ModelInventory> {
    return this.#models.inventory();
  }

  forget(workload: string): void {
    this.#capacities.forget(workload);
    this.#benched.delete(workload);
    this.#needs.forget(keyOf(workload, ''));
    for (const kept of [this.#predictors, this.#shadowVersions, this.#fits]) {
      for (const key of kept.keys()) {
        if (key.startsWith(keyOf(workload, ''))) {
          kept.delete(key);
        }
      }
    }
  }

  #onBenched(workload: string): (benched: BenchedModel) => void {
    return (benched) => {
      this.#benched.set(workload, [...(this.#benched.get(workload) ?? []), benched]);
    };
  }

  #takeBenched(workload: string): readonly BenchedModel[] {
    const benched = this.#benched.get(workload) ?? [];
    this.#benched.delete(workload);
    return benched;
  }

  #requireTried({ workload, series, tried }: OutlookJob): void {
    if (tried === undefined) {
      return;
    }
    const { name, version } = tried;
    const fitted = this.#shadowVersions.get(shadowKey(workload, name, ''));
    const isWhole = series.every((each) => this.#predictors.has(shadowKey(workload, name, each.name)));
    if (!isSameVersion(fitted ?? null, version) || !isWhole) {
      throw new HeadroomError('FORECAST_FAILED', {
        ...{ model: `${name} ${versionWords(version)}`, series: workload },
        reason: 'the challenger is not fitted yet',
      });
    }
  }

  async #forecast(job: OutlookJob, each: SeriesJob, unfitted: string[]): Promise<Forecast> {
    if (job.tried !== undefined) {
      const tried = this.#predictors.get(shadowKey(job.workload, job.tried.name, each.name))!;
      return tried.predict(each.history, { horizon: job.horizon, levels: PUBLISHED_LEVELS });
    }
    const fitted = this.#predictors.get(keyOf(job.workload, each.name));
    if (fitted === undefined) {
      unfitted.push(each.name);
      return this.#quick(job, each);
    }
    try {
      return await this.#tied(job, each, fitted);
    } catch (error) {
      if (error instanceof HeadroomError && error.status < 500) {
        throw error;
      }
      this.#predictors.delete(keyOf(job.workload, each.name));
      this.#fits.delete(keyOf(job.workload, each.name));
      const forecast = await this.#quick(job, each);
      const reason = `${fitted.name} failed (${(error as Error).message}); ${QUICK_MODEL} stands in`;
      return { ...forecast, warnings: [...forecast.warnings, reason] };
    }
  }

  /** What a fitted predictor says, drawn to those that it is tied to; one that is not fitted ties nothing. */
  async #tied(job: OutlookJob, { name, history }: SeriesJob, fitted: Predictor): Promise<Forecast> {
    const options = { horizon: job.horizon, levels: PUBLISHED_LEVELS };
    const ties = (job.leashes ?? []).flatMap((leash) => {
      const other = this.#predictors.get(shadowKey(job.workload, leash.name, name));
      const version = this.#shadowVersions.get(shadowKey(job.workload, leash.name, ''));
      return other === undefined || !isSameVersion(version ?? null, leash.version) || !Object.hasOwn(leash.most, name)
        ? []
        : [{ other, most: leash.most[name]! }];
    });
    const [own, ...others] = await Promise.all(
      [fitted, ...ties.map(({ other }) => other)].map(async (each) => each.predict(history, options))
    );
    return ties.reduce((said, { most }, index) => leashed(said, others[index]!, most), own!);
  }

  async #quick(job: OutlookJob, each: SeriesJob): Promise<Forecast> {
    const predictor = await createForecaster(QUICK_MODEL).fit(each.history, {
      horizon: job.horizon,
      seed: job.assessment.seed,
      ...(job.seasonSteps === undefined ? {} : { seasonSteps: job.seasonSteps }),
    });
    return predictor.predict(each.history, { horizon: job.horizon, levels: PUBLISHED_LEVELS });
  }
}

function fitOptions({ horizon, seasonSteps, seed }: RangeJob): FitOptions {
  return { horizon, seasonSteps, seed };
}

function movedForecast({ correction, history }: SeriesJob, forecast: Forecast): Forecast {
  return correction === undefined
    ? forecast
    : conformed(
        forecast,
        correction,
        history.target.values.every((value) => !(value < 0))
      );
}

function perReplicaOf(
  { perReplica, learnsPerReplica }: SeriesJob,
  learnt: number | undefined,
  factor = 1
): { readonly perReplica?: number } {
  const known = learnsPerReplica === true ? learnt : perReplica;
  return known === undefined ? {} : { perReplica: known * factor };
}

function shadowKey(workload: string, name: string, series: string): string {
  return keyOf(workload, `shadow/${name}/${series}`);
}

function keyOf(workload: string, series: string): string {
  return `${workload}/${series}`;
}
