import type {
  Accuracy,
  Health,
  Mode,
  Recommendation,
  RecommendationAnswer,
  RecommendationState,
} from '../../contract/index.ts';
import {
  replicasBefore,
  weighedPrices,
  withNearAdvice,
  type AdviceNow,
  type DayAdvice,
  type NearPlan,
  type NearSetting,
  type Outlook,
} from '../allocation/index.ts';
import type { WorkloadConfig } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import type { HistorySource } from '../forecasting/index.ts';
import { summarizeScores } from '../learning/index.ts';
import {
  fitWords,
  LINEAR,
  refitWords,
  type Scalability,
  type ScalabilityRefit,
  type ServiceFit,
} from '../simulation/index.ts';
import type { Storage } from '../storage/index.ts';
import { formatDuration, observedCount, seriesUntil } from '../timeseries/index.ts';
import type { ScalingStand } from './acting/scalingStand.ts';
import type { ArmSetting, TestedNow } from './experiments/armSetting.ts';
import { TriedOutlook } from './experiments/triedOutlook.ts';
import type { Compute, OutlookJob, SeriesJob } from './compute.ts';
import type { FleetHooks } from './fleetHooks.ts';
import type { WorkloadView } from './fleetView.ts';
import { hashName } from './hashName.ts';
import { ImportanceKeeper } from './importanceKeeper.ts';
import { LiveLearning } from './liveLearning.ts';
import { ScenarioFollower, type ScenarioFollowerDeps } from './scenarios/scenarioFollower.ts';
import { NearWatch } from './ranges/nearWatch.ts';
import { ANSWERED, settleRecommendation, type Anchor, type SettledRecommendation } from './settleRecommendation.ts';
import type { LearningStand } from './tuning/learningStand.ts';
import type { ShadowWatch } from './tuning/shadows.ts';
import { STALE_STEPS, WorkloadObserver } from './workloadObserver.ts';
import { Turns } from './turns.ts';

const REFIT_SECONDS = 86_400;
const ACCURACY_DAYS = 7;
const DAY_SECONDS = 86_400;
const PATH_COUNT = 2000;
/** Of the latest recommendations, among which those that people proposed do not stand for Headroom's advice. */
const RESTORED = 50;
/** Fewer scored truths than this say nothing about coverage. */
const MIN_SCORED = 100;

export interface WorkloadLoopDeps {
  readonly sources: ReadonlyMap<string, HistorySource>;
  readonly storage: Storage;
  readonly compute: Compute;
  readonly hooks: FleetHooks;
  readonly nowSeconds: () => number;
  /** The mode in force; default observe. */
  readonly mode?: (config: WorkloadConfig) => Mode;
  /** The accepted risk in force; default the declared one. */
  readonly risk?: (config: WorkloadConfig) => number;
  /** What a test tries at this moment; default nothing. */
  readonly tested?: (config: WorkloadConfig) => ArmSetting | undefined;
  readonly scaling?: (config: WorkloadConfig) => ScalingStand | undefined;
  readonly scenario: ScenarioFollowerDeps['scenario'];
  readonly learning?: (config: WorkloadConfig) => LearningStand | undefined;
  /** Told of fits, outlooks and truths; lets challengers forecast in shadow. */
  readonly shadows?: ShadowWatch;
  /** An outlook has been saved. */
  readonly onKept: () => void;
}

/** Observe, forecast, simulate, recommend, check, for one workload; `cycle` is one turn. */
export class WorkloadLoop {
  readonly config: WorkloadConfig;
  readonly #deps: WorkloadLoopDeps;
  readonly #observer: WorkloadObserver;
  readonly #fittedSeconds = new Map<string, number>();
  /** Series that were fitted with the models that there are now: the next fit is weighed against it. */
  readonly #fitted = new Set<string>();
  #fitting: Promise<void> | undefined;
  readonly #importance: ImportanceKeeper;
  readonly #scenarios: ScenarioFollower;
  readonly #live: LiveLearning;
  readonly #tried: TriedOutlook;
  #outlook: Outlook | undefined;
  #recommendation: Recommendation | undefined;
  #accuracy: readonly Accuracy[] = [];
  /** How much larger errors are of late. */
  #warnings: readonly string[] = [];
  #problem: string | undefined;
  #lastSuccessSeconds: number | undefined;
  #capacity: ServiceFit | undefined;
  #refit: ScalabilityRefit | undefined;
  /** What the day ahead says by itself. */
  #day: DayAdvice | undefined;
  /** Why nothing lower was advised when the day's outlook was made. */
  #doubt: string | undefined;
  readonly #near = new NearWatch();
  /** What the near plan asks for at this moment. */
  #floor: number | undefined;
  /** The figures at which the standing recommendation got its identity. */
  #anchor: Anchor | undefined;
  readonly #turns = new Turns();
  /** What was learnt of the capacity is old. */
  #isCapacityStale = false;

  constructor(config: WorkloadConfig, deps: WorkloadLoopDeps) {
    this.config = config;
    this.#deps = deps;
    this.#observer = new WorkloadObserver(config, deps.sources, deps.hooks);
    this.#importance = new ImportanceKeeper(deps.compute);
    this.#scenarios = new ScenarioFollower(config, deps);
    this.#live = new LiveLearning(config, deps);
    this.#tried = new TriedOutlook(deps.compute);
  }

  /** Takes up what the storage kept: the last outlook, the standing recommendation, the scores. */
  async restore(): Promise<void> {
    const { storage } = this.#deps;
    const workload = this.config.name;
    this.#outlook = await this.#restored(() => storage.latestOutlook(workload));
    const standing = await this.#restored(() =>
      storage.recommendations({ workload, states: ['proposed', 'snoozed', ...ANSWERED], limit: RESTORED })
    );
    this.#recommendation = standing?.find(({ proposedBy }) => proposedBy === undefined);
    await this.#restored(() => this.#scenarios.restore());
    await this.#restored(() => this.#live.restore());
    await this.#summarize();
  }

  /** One turn. Never rejects for what the outside did: failures end up in the view and the hooks. */
  async cycle(signal: AbortSignal): Promise<void> {
    const nowSeconds = this.#deps.nowSeconds();
    try {
      await this.#observer.update(nowSeconds, signal);
      await this.#foresee(nowSeconds, signal);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.#fail(error, 'cycle');
    }
    await this.#score().catch((error: unknown) => {
      this.#report(error, 'scoring');
    });
  }

  /**
   * Takes every model, and what was learnt of the capacity, for old, so that the next turn fits all anew; what there is
   * answers until then. With other models than before (`areOther`) no older fit counts any more.
   */
  forgetFits(areOther = false): void {
    this.#fittedSeconds.clear();
    if (areOther) {
      this.#fitted.clear();
    }
    this.#isCapacityStale = true;
  }

  /** Resolves when no fit is under way; what was fitted is then in the outlook. */
  async settled(): Promise<void> {
    while (this.#fitting !== undefined) {
      await this.#fitting;
    }
  }

  /** Ready replicas, where they are known of the last three steps. */
  currentReplicas(): number | undefined {
    const { stepSeconds } = this.config.forecast;
    return this.#observer.currentReplicas(Math.floor(this.#deps.nowSeconds() / stepSeconds) * stepSeconds);
  }

  /** What one replica offers of a series, declared or learnt. */
  perReplica(series: string): number | undefined {
    return this.#knownConfig().series.find(({ name }) => name === series)?.perReplica;
  }

  /** How replicas slow each other down, declared or learnt; undefined where they don't. */
  scalability(): Scalability | undefined {
    return this.#knownConfig().serving.scalability;
  }

  view(): WorkloadView {
    const { actual, parts, replicas, latency, errors } = this.#observer;
    const scenarios = this.#scenarios.view();
    const scaling = this.#deps.scaling?.(this.config);
    const learning = this.#deps.learning?.(this.config);
    const drift = this.#live.drift();
    const { tested, floor } = this.#testedNow();
    return {
      config: this.#knownConfig(),
      mode: this.#deps.mode?.(this.config) ?? 'observe',
      ...(scaling === undefined ? {} : { scaling }),
      ...(learning === undefined ? {} : { learning }),
      health: this.#health(),
      actual,
      ...(parts.size === 0 ? {} : { parts }),
      ...(replicas === undefined ? {} : { replicas }),
      ...(latency === undefined ? {} : { latency }),
      ...(errors === undefined ? {} : { errors }),
      ...(this.#outlook === undefined ? {} : { outlook: this.#outlook }),
      ...(floor === undefined ? {} : { floor }),
      ...(tested === undefined ? {} : { tested }),
      ...(this.#recommendation === undefined ? {} : { recommendation: this.#recommendation }),
      ...(scenarios === undefined ? {} : { scenarios }),
      accuracy: this.#accuracy,
      ...(drift === undefined ? {} : { drift }),
      drifts: this.#live.verdicts(),
      warnings: [...this.config.notes, ...this.#warnings],
    };
  }

  /** What the latest forecast of a series used; `undefined` where it has none, or its history is not read yet. */
  async importance(series: string): Promise<ForecastImportance | undefined> {
    const outlook = this.#outlook;
    if (!outlook?.series.some(({ name }) => name === series)) {
      return undefined;
    }
    const job = this.#observer.jobs(outlook.cutoffSeconds).find(({ name }) => name === series);
    const { name, forecast } = this.config;
    return job === undefined
      ? undefined
      : this.#importance.of(outlook, job, {
          workload: name,
          horizon: forecast.horizonSeconds / forecast.stepSeconds,
          ...this.#season(),
          seed: hashName(name),
        });
  }

  /** What is tried now, and the floor of now: a challenger's where one is tried and has said it of late. */
  #testedNow(): { readonly tested?: TestedNow; readonly floor?: number | undefined } {
    const setting = this.#deps.tested?.(this.config);
    if (setting === undefined) {
      return { floor: this.#floor };
    }
    const mostSeconds = STALE_STEPS * this.config.forecast.stepSeconds;
    const tried = 'model' in setting ? this.#tried.floorAt(this.#deps.nowSeconds(), setting, mostSeconds) : undefined;
    const isInForce = !('model' in setting) || tried !== undefined;
    return { tested: { setting, isInForce }, floor: tried ?? this.#floor };
  }

  /** A record that cannot be read costs itself, not the start. */
  async #restored<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof HeadroomError) || error.code !== 'STORAGE_RECORD_INVALID') {
        throw error;
      }
      this.#report(error, 'storage');
      return undefined;
    }
  }

  async #foresee(nowSeconds: number, signal: AbortSignal): Promise<void> {
    const { stepSeconds } = this.config.forecast;
    const endSeconds = Math.floor(nowSeconds / stepSeconds) * stepSeconds;
    const { outage } = this.#observer;
    if (outage !== undefined) {
      this.#problem = outage;
      this.#warnings = [`Held: no series could be read (${outage})`];
      return;
    }
    const jobs = this.#live.prepared(this.#observer.jobs(endSeconds));
    if (jobs.length === 0) {
      this.#problem = 'not one measurement in the history of any series';
      this.#warnings = this.#observer.warnings();
      return;
    }
    await this.#issue(jobs, endSeconds, nowSeconds, signal);
    this.#fitMissing(jobs, endSeconds, signal);
  }

  async #issue(jobs: readonly SeriesJob[], endSeconds: number, nowSeconds: number, signal: AbortSignal): Promise<void> {
    const { compute, hooks } = this.#deps;
    const { forecast, scaling, serving, cost, name } = this.config;
    const replicas = this.#observer.currentReplicas(endSeconds);
    const coverage80 = this.#liveCoverage();
    const drift = this.#live.drift();
    const scenarios = this.#scenarios.follow(this.#observer.actual, endSeconds);
    const capacity = this.#capacityJob(endSeconds);
    const leashes = this.#deps.shadows?.leashes(this.config) ?? [];
    const job: OutlookJob = {
      workload: name,
      horizon: forecast.horizonSeconds / forecast.stepSeconds,
      ...this.#season(),
      series: jobs,
      ...(capacity === undefined ? {} : { capacity }),
      ...(leashes.length === 0 ? {} : { leashes }),
      assessment: {
        workload: name,
        nowSeconds,
        ...(replicas === undefined ? {} : { replicas }),
        ...this.#standing(),
        ...this.#observedReplicas(endSeconds),
        scaling: { ...scaling, risk: this.#deps.risk?.(this.config) ?? scaling.risk },
        cost: { ...weighedPrices(cost, cost.weights ?? {}), currency: cost.currency },
        ...(serving.scalability === undefined ? {} : { scalability: serving.scalability }),
        unitSeconds: serving.unitSeconds,
        confidence: {
          historySeconds: Math.max(...jobs.map((job) => observedCount(job.history.target))) * forecast.stepSeconds,
          ...(coverage80 === undefined ? {} : { coverage80 }),
          ...(drift === undefined ? {} : { drift }),
        },
        ...(scenarios === undefined ? {} : { scenarios }),
        pathCount: PATH_COUNT,
        seed: hashName(name),
      },
    };
    const result = await compute.outlook(job);
    const tested = this.#deps.tested?.(this.config);
    const arm = tested !== undefined && 'model' in tested ? tested : undefined;
    if (arm === undefined) {
      this.#tried.end();
    }
    const untried = arm && (await this.#tried.follow(job, arm));
    signal.throwIfAborted();
    hooks.forecastSeconds(result.forecastSeconds);
    hooks.simulationSeconds(result.assessmentSeconds);
    const { outlook: dayOutlook, recommendation, planned } = result.assessment;
    const doubt = this.#observer.doubt(endSeconds) ?? this.#live.doubt();
    const { outlook, settled, unkept } = await this.#turns.take(() => {
      this.#day =
        recommendation === undefined || planned === undefined
          ? undefined
          : {
              outlook: dayOutlook,
              recommendation,
              planned,
              hasScenarios: result.assessment.scenarios !== undefined,
            };
      this.#doubt = doubt;
      return this.#settle(nowSeconds, dayOutlook, (shown, next) => {
        const isOther = next.standing !== undefined && next.standing.id !== this.#recommendation?.id;
        this.#scenarios.foreseen(result.assessment.scenarios, isOther);
        return this.#keep(shown, next.changed);
      });
    });
    this.#live.issued(result.raw);
    this.#capacity = result.capacity;
    this.#refit = result.refit;
    this.#isCapacityStale = false;
    if (result.benched.length > 0) {
      this.#deps.shadows?.benched(this.config, result.benched);
    }
    if (result.unfitted.length === 0 && result.failed.size === 0) {
      this.#deps.shadows?.issued(this.config, jobs, endSeconds);
    }
    this.#problem = undefined;
    this.#lastSuccessSeconds = nowSeconds;
    this.#warnings = [
      ...this.#observer.warnings(),
      ...outlook.warnings,
      ...this.#scenarios.warnings(),
      ...(result.capacity === undefined ? [] : [fitWords(result.capacity)]),
      ...(result.refit === undefined ? [] : [refitWords(result.refit)]),
      ...[...result.failed].map(([series, reason]) => `${series} has no forecast: ${reason}`),
      ...(result.unfitted.length === 0
        ? []
        : [`The model of ${result.unfitted.join(', ')} is being chosen; seasonal-naive stands in`]),
      ...(settled.heldBack === undefined ? [] : [settled.heldBack]),
      ...(untried === undefined ? [] : [`The test tries a challenger that forecasts nothing now: ${untried}`]),
      ...(unkept === undefined ? [] : [`Not kept, so lost at a restart: ${unkept}`]),
    ];
    hooks.workloadSuccess(name, nowSeconds);
  }

  /** One after the other: what is decided rests on what is shown, and is kept before it is shown. */

  /** The day's advice with the next minutes in it becomes what stands, and the outlook shows the same replicas. */
  async #settle(
    nowSeconds: number,
    dayOutlook: Outlook,
    keep: (outlook: Outlook, settled: SettledRecommendation) => Promise<string | undefined>
  ) {
    const { scaling, cost } = this.config;
    const day = this.#day;
    const near = day && this.#near.advice(nowSeconds, this.config.forecast.near?.intervalSeconds);
    const merged: AdviceNow | undefined =
      day === undefined || near === undefined
        ? day
        : withNearAdvice(day, near, {
            nowSeconds,
            leadTimeSeconds: scaling.leadTimeSeconds,
            prices: weighedPrices(cost, cost.weights ?? {}),
            ...this.#pace(nowSeconds, day.recommendation.current.replicas),
          });
    const fresh = merged?.recommendation;
    const settled = settleRecommendation(this.#recommendation, fresh, nowSeconds, this.#doubt, this.#anchor);
    const outlook = merged?.outlook ?? dayOutlook;
    const unkept = await keep(outlook, settled);
    this.#outlook = outlook;
    this.#floor = merged?.floor;
    this.#recommendation = settled.standing;
    this.#anchor = settled.anchor;
    return { outlook, settled, unkept };
  }

  /** What a person or policy made of a recommendation; `undefined` where it is not the one that stands. */
  async answer(
    id: string,
    state: RecommendationState,
    answer: RecommendationAnswer
  ): Promise<Recommendation | undefined> {
    return this.#turns.take(async () => {
      const standing = this.#recommendation;
      if (standing?.id !== id) {
        return undefined;
      }
      const answered: Recommendation = { ...standing, state, answer };
      await this.#deps.storage.saveRecommendation(answered);
      this.#recommendation = answered;
      return answered;
    });
  }

  /** The near range has decided, or could not: what stands follows it, between two outlooks of the day. */
  async takeNear(plan: NearPlan | undefined, reason: string): Promise<void> {
    if (!this.#near.take(plan, reason)) {
      return;
    }
    await this.#turns.take(async () => {
      const day = this.#day;
      if (day !== undefined) {
        await this.#settle(this.#deps.nowSeconds(), day.outlook, (_, { changed }) => this.#keep(undefined, changed));
      }
    });
  }

  /** Saves what a turn found; a storage that fails costs the record, not the forecast, and is told in words. */
  async #keep(outlook: Outlook | undefined, recommendations: readonly Recommendation[]): Promise<string | undefined> {
    const { storage } = this.#deps;
    try {
      if (outlook !== undefined) {
        await storage.saveOutlook(outlook, this.config.scaling.leadTimeSeconds);
      }
      for (const recommendation of recommendations) {
        await storage.saveRecommendation(recommendation);
      }
      if (outlook !== undefined) {
        await this.#scenarios.save();
        this.#deps.onKept();
      }
      return undefined;
    } catch (error) {
      this.#report(error, 'storage');
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Fits, in the background, what has no predictor yet or an old one; then issues the outlook anew. */
  #fitMissing(jobs: readonly SeriesJob[], endSeconds: number, signal: AbortSignal): void {
    const { compute, hooks, nowSeconds } = this.#deps;
    const due = jobs.filter(
      (job) => endSeconds - (this.#fittedSeconds.get(job.name) ?? Number.NEGATIVE_INFINITY) >= REFIT_SECONDS
    );
    if (this.#fitting !== undefined || due.length === 0) {
      return;
    }
    const fitAll = async () => {
      for (const job of due) {
        try {
          const seconds = await compute.fit({
            workload: this.config.name,
            series: job.name,
            model: this.config.forecast.model,
            history: job.history,
            horizon: this.config.forecast.horizonSeconds / this.config.forecast.stepSeconds,
            ...this.#season(),
            seed: hashName(`${this.config.name}/${job.name}`),
            ...(this.#fitted.has(job.name) ? {} : { isAnew: true as const }),
          });
          hooks.fitSeconds(seconds);
          this.#fittedSeconds.set(job.name, endSeconds);
          this.#fitted.add(job.name);
        } catch (error) {
          if (signal.aborted) {
            return;
          }
          this.#fail(error, `fit of ${job.name}`);
        }
      }
      if (due.every(({ name }) => this.#fittedSeconds.get(name) === endSeconds)) {
        this.#deps.shadows?.fitted(this.config, due);
      }
      const now = nowSeconds();
      const freshEnd = Math.floor(now / this.config.forecast.stepSeconds) * this.config.forecast.stepSeconds;
      if (!signal.aborted && freshEnd === endSeconds) {
        await this.#issue(jobs, endSeconds, now, signal);
      }
    };
    this.#fitting = fitAll()
      .catch((error: unknown) => {
        if (!signal.aborted) {
          this.#fail(error, 'fit');
        }
      })
      .finally(() => {
        this.#fitting = undefined;
      });
  }

  async #score(): Promise<void> {
    const { storage } = this.#deps;
    const { name, forecast } = this.config;
    const { actual, readUntilSeconds } = this.#observer;
    const scoredUntil = (await storage.scoredUntil(name)) ?? 0;
    // Whole hours: twelve times less is read of the storage than at each step.
    const untilSeconds = this.#live.wholeUntil((readUntilSeconds ?? 0) - forecast.stepSeconds);
    if (untilSeconds <= scoredUntil) {
      return;
    }
    const fromSeconds = Math.max(scoredUntil, untilSeconds - forecast.historySeconds);
    const outlooks = await storage.wholeOutlooks(name, fromSeconds - forecast.horizonSeconds, untilSeconds);
    const rows = this.#live.learn(outlooks, actual, fromSeconds, untilSeconds);
    await this.#live.save();
    await storage.addScores(name, rows, untilSeconds);
    this.#deps.shadows?.measured(this.config, actual, untilSeconds);
    await this.#summarize();
  }

  async #summarize(): Promise<void> {
    const today = Math.floor(this.#deps.nowSeconds() / DAY_SECONDS) * DAY_SECONDS;
    const rows = await this.#deps.storage.scores(this.config.name, today - ACCURACY_DAYS * DAY_SECONDS);
    this.#accuracy = summarizeScores(rows);
  }

  /** The configuration with what was learnt of the capacity. */
  #knownConfig(): WorkloadConfig {
    const { config } = this;
    const fit = this.#capacity?.kind === 'fitted' ? this.#capacity : undefined;
    const refit = this.#refit?.kind === 'adopted' ? this.#refit : undefined;
    if (fit === undefined && refit === undefined) {
      return config;
    }
    const series = config.series.map((each) => {
      const own = each.learnsPerReplica === true ? (fit?.perReplica ?? each.perReplica) : each.perReplica;
      const factor = each.kind === 'activity' ? (refit?.perReplicaFactor ?? 1) : 1;
      return own === undefined ? each : { ...each, perReplica: own * factor };
    });
    const serving = refit === undefined ? config.serving : { ...config.serving, scalability: refit.scalability };
    return { ...config, series, serving };
  }

  #capacityJob(endSeconds: number): OutlookJob['capacity'] {
    const history = this.#observer.capacityHistory(endSeconds);
    const { latencySeconds, objective } = this.config.slo;
    return history === undefined
      ? undefined
      : {
          history,
          learnsPerReplica: this.config.series.some(({ learnsPerReplica }) => learnsPerReplica === true),
          ...(this.config.refitsServing === true ? { refits: this.config.serving.scalability ?? LINEAR } : {}),
          ...(this.#isCapacityStale ? { isStale: true as const } : {}),
          ...(latencySeconds === undefined || objective === undefined
            ? {}
            : { promise: { latencySeconds, objective, unitSeconds: this.config.serving.unitSeconds } }),
        };
  }

  /** What the day ahead asked for last. */
  #standing(): Pick<OutlookJob['assessment'], 'standing' | 'standingRequests'> {
    const outlook = this.#day?.outlook ?? this.#outlook;
    return {
      ...(outlook?.replicas === undefined ? {} : { standing: { grid: outlook.grid, counts: outlook.replicas.total } }),
      ...(outlook?.requests === undefined ? {} : { standingRequests: outlook.requests }),
    };
  }

  #pace(nowSeconds: number, current: number | null): Pick<NearSetting, 'pace'> {
    const { limits, min, max } = this.config.scaling;
    const { replicas } = this.#observer;
    return limits === undefined || replicas === undefined || current === null
      ? {}
      : { pace: { limits, min, max, replicasBefore: replicasBefore(replicas, nowSeconds, current) } };
  }

  #observedReplicas(endSeconds: number): Pick<OutlookJob['assessment'], 'replicaHistory'> {
    const { replicas } = this.#observer;
    return replicas === undefined ? {} : { replicaHistory: seriesUntil(replicas, endSeconds) };
  }

  #season(): { seasonSteps?: number } {
    const { seasonSeconds, stepSeconds } = this.config.forecast;
    return seasonSeconds === undefined ? {} : { seasonSteps: Math.max(1, Math.round(seasonSeconds / stepSeconds)) };
  }

  #liveCoverage(): number | undefined {
    const own = this.#accuracy.filter((each) => each.model !== 'seasonal-naive' && each.lead === '24h');
    const count = own.reduce((sum, each) => sum + each.count, 0);
    if (count < MIN_SCORED) {
      return undefined;
    }
    return own.reduce((sum, each) => sum + (each.coverage['0.8'] ?? 0) * each.count, 0) / count;
  }

  #health(): Health {
    const nowSeconds = this.#deps.nowSeconds();
    const { stepSeconds } = this.config.forecast;
    const lastSuccessAt = this.#lastSuccessSeconds ?? this.#outlook?.issuedAtSeconds ?? null;
    if (this.#problem !== undefined) {
      return { state: 'failing', problem: this.#problem, lastSuccessAt };
    }
    if (this.#outlook === undefined) {
      return { state: 'starting', problem: 'no forecast has been made yet', lastSuccessAt };
    }
    const ageSeconds = nowSeconds - this.#outlook.cutoffSeconds;
    if (ageSeconds > STALE_STEPS * stepSeconds) {
      return {
        state: 'stale',
        problem: `the last forecast is ${formatDuration(Math.round(ageSeconds / 60) * 60)} old`,
        lastSuccessAt,
      };
    }
    const end = Math.floor(nowSeconds / stepSeconds) * stepSeconds;
    const doubt = this.#lastSuccessSeconds === undefined ? undefined : this.#observer.doubt(end);
    return { state: doubt === undefined ? 'ok' : 'stale', problem: doubt ?? null, lastSuccessAt };
  }

  #fail(error: unknown, what: string): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#report(error, what);
  }

  #report(error: unknown, what: string): void {
    this.#deps.hooks.event({
      atSeconds: this.#deps.nowSeconds(),
      level: 'error',
      what,
      workload: this.config.name,
      ...(error instanceof HeadroomError ? { code: error.code } : {}),
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
