import type { Accuracy } from '../../../contract/index.ts';
import type { NearConfig, WorkloadConfig } from '../../config/index.ts';
import { scoreTruths, summarizeScores } from '../../learning/index.ts';
import type { SeriesJob } from '../compute.ts';
import { hashName } from '../hashName.ts';
import { STALE_STEPS, WorkloadObserver } from '../workloadObserver.ts';
import { quietHooks } from './quietHooks.ts';
import type { RangeLoop, RangeLoopDeps } from './rangeLoop.ts';
import { rangeOutlook, type RangeSeries } from './rangeOutlook.ts';
import { RangeState } from './rangeState.ts';
import type { RangeView } from './rangeView.ts';

const DAY_SECONDS = 86_400;
const SCORE_EVERY_SECONDS = 900;
const ACCURACY_DAYS = 7;
/** What the near range said each minute is looked back at for so long; longer would be a database of minutes. */
const KEPT_SECONDS = 2 * DAY_SECONDS;

/** The next hour, minute by minute, by models that go on learning in their worker thread. */
export class NearLoop implements RangeLoop {
  readonly #config: WorkloadConfig;
  readonly #near: NearConfig;
  readonly #deps: RangeLoopDeps;
  readonly #observer: WorkloadObserver;
  readonly #state: RangeState;
  readonly #learnt = new Set<string>();
  #accuracy: readonly Accuracy[] = [];
  #hasTurned = false;

  constructor(config: WorkloadConfig, near: NearConfig, deps: RangeLoopDeps) {
    const hooks = quietHooks(deps.hooks);
    this.#config = config;
    this.#near = near;
    this.#deps = { ...deps, hooks };
    this.#observer = new WorkloadObserver(config, deps.sources, hooks, {
      ...near,
      keepsParts: false,
      readsReplicas: false,
    });
    this.#state = new RangeState('near', near, config, this.#deps);
  }

  async restore(): Promise<void> {
    await this.#state.restore();
    await this.#summarize();
  }

  async turn(signal: AbortSignal): Promise<void> {
    const nowSeconds = this.#deps.nowSeconds();
    try {
      await this.#observer.update(nowSeconds, signal);
      await this.#foresee(nowSeconds, signal);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.#state.fail(error);
    }
    this.#hasTurned = true;
    await this.#look(nowSeconds).catch((error: unknown) => {
      this.#state.report(error, 'scoring');
    });
  }

  view(): RangeView {
    const doubt = this.#hasTurned ? this.#observer.doubt(this.#endAt(this.#deps.nowSeconds()), STALE_STEPS) : undefined;
    return this.#state.view(this.#observer.actual, this.#accuracy, doubt);
  }

  async #foresee(nowSeconds: number, signal: AbortSignal): Promise<void> {
    const { outage } = this.#observer;
    if (outage !== undefined) {
      this.#state.hold(outage, [`Held: no series could be read (${outage})`]);
      return;
    }
    const endSeconds = this.#endAt(nowSeconds);
    const jobs = this.#observer.jobs(endSeconds);
    if (jobs.length === 0) {
      this.#state.hold('not one measurement in the history of any series', this.#observer.warnings());
      return;
    }
    const series: RangeSeries[] = [];
    const failed: string[] = [];
    for (const job of jobs) {
      try {
        series.push(await this.#forecast(job));
      } catch (error) {
        this.#learnt.delete(job.name);
        failed.push(`${job.name} has no forecast: ${(error as Error).message}`);
      }
      signal.throwIfAborted();
    }
    if (series.length === 0) {
      throw new Error(failed.join('; '));
    }
    const { stepSeconds, horizonSeconds } = this.#near;
    const outlook = rangeOutlook({
      subject: this.#state.subject,
      issuedAtSeconds: nowSeconds,
      cutoffSeconds: endSeconds,
      stepSeconds,
      horizon: horizonSeconds / stepSeconds,
      currency: this.#config.cost.currency,
      series,
    });
    await this.#state.issue(outlook, [...this.#observer.warnings(), ...failed]);
  }

  async #forecast({ name, kind, unit, history, perReplica }: SeriesJob): Promise<RangeSeries> {
    const { stepSeconds, horizonSeconds } = this.#near;
    const replicas = this.#deps.currentReplicas();
    const { forecast, seconds } = await this.#deps.compute.near({
      workload: this.#config.name,
      series: name,
      history: { target: history.target },
      horizon: horizonSeconds / stepSeconds,
      seasonSteps: Math.max(1, Math.round((this.#config.forecast.seasonSeconds ?? DAY_SECONDS) / stepSeconds)),
      seed: hashName(`${this.#state.subject}/${name}`),
      isFresh: !this.#learnt.has(name),
    });
    this.#learnt.add(name);
    this.#deps.hooks.forecastSeconds(seconds);
    const capacity = perReplica === undefined || replicas === undefined ? {} : { capacity: perReplica * replicas };
    return { name, kind, unit, forecast, ...capacity };
  }

  /** Scores the truths that came, and forgets what is too old to look back at. */
  async #look(nowSeconds: number): Promise<void> {
    const { storage } = this.#deps;
    const { subject } = this.#state;
    const untilSeconds = (this.#observer.readUntilSeconds ?? 0) - this.#near.stepSeconds;
    const scoredUntil = (await storage.scoredUntil(subject)) ?? 0;
    if (untilSeconds - scoredUntil < SCORE_EVERY_SECONDS) {
      return;
    }
    const fromSeconds = Math.max(scoredUntil, untilSeconds - this.#near.historySeconds);
    const outlooks = await storage.wholeOutlooks(subject, fromSeconds - this.#near.horizonSeconds, untilSeconds);
    const rows = scoreTruths(outlooks, this.#observer.actual, fromSeconds, untilSeconds);
    await storage.addScores(subject, rows, untilSeconds);
    await storage.forgetOutlooks(subject, nowSeconds - KEPT_SECONDS);
    await this.#summarize();
  }

  async #summarize(): Promise<void> {
    const today = Math.floor(this.#deps.nowSeconds() / DAY_SECONDS) * DAY_SECONDS;
    const rows = await this.#deps.storage.scores(this.#state.subject, today - ACCURACY_DAYS * DAY_SECONDS);
    this.#accuracy = summarizeScores(rows);
  }

  #endAt(seconds: number): number {
    return Math.floor(seconds / this.#near.stepSeconds) * this.#near.stepSeconds;
  }
}
