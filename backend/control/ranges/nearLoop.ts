import type { Accuracy } from '../../../contract/index.ts';
import type { NearPlan } from '../../allocation/index.ts';
import type { NearConfig, WorkloadConfig } from '../../config/index.ts';
import { scoreTruths, summarizeScores } from '../../learning/index.ts';
import { replicasForWork, replicasWorth, scalabilityIn } from '../../simulation/index.ts';
import { lastObservedSeconds, timeAt, type TimeGrid } from '../../timeseries/index.ts';
import type { RangeJob, SeriesJob } from '../compute.ts';
import { hashName } from '../hashName.ts';
import { STALE_STEPS, WorkloadObserver } from '../workloadObserver.ts';
import { NearFloor, type NearFloorInput, type SeriesNeeds } from './nearFloor.ts';
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
/** So many looks an interval: each takes in a row that came late, and decides on what is known. */
const LOOKS = 4;

/** The next hour, minute by minute, by models that go on learning in their worker thread; it decides the floor of now. */
export class NearLoop implements RangeLoop {
  readonly #config: WorkloadConfig;
  readonly #near: NearConfig;
  readonly #deps: RangeLoopDeps;
  readonly #observer: WorkloadObserver;
  readonly #state: RangeState;
  readonly #learnt = new Set<string>();
  #accuracy: readonly Accuracy[] = [];
  #hasTurned = false;
  readonly #floor: NearFloor;
  /** What the last forecast asks for. */
  #asked: Pick<NearFloorInput, 'series' | 'grid'> | undefined;
  /** What the last forecast knew: until when, and which row was the last of each series. */
  #known: string | undefined;
  #plan: NearPlan | undefined;

  constructor(config: WorkloadConfig, near: NearConfig, deps: RangeLoopDeps) {
    const hooks = quietHooks(deps.hooks);
    this.#config = config;
    this.#near = near;
    this.#deps = { ...deps, hooks };
    this.#observer = new WorkloadObserver(config, deps.sources, hooks, {
      ...near,
      keepsParts: false,
      needsReplicas: false,
    });
    this.#state = new RangeState('near', near, config, this.#deps);
    this.#floor = new NearFloor(config.scaling.leadTimeSeconds, near.intervalSeconds / LOOKS);
  }

  async restore(): Promise<void> {
    await this.#state.restore();
    await this.#summarize();
  }

  async turn(signal: AbortSignal): Promise<void> {
    const nowSeconds = this.#deps.nowSeconds();
    const isRead = this.#isAllKnown(nowSeconds);
    try {
      if (!isRead) {
        await this.#observer.update(nowSeconds, signal);
        const known = this.#knownUntil(nowSeconds);
        if (this.#known !== known || this.#observer.outage !== undefined) {
          this.#asked = undefined;
          await this.#foresee(nowSeconds, signal);
          this.#known = this.#observer.outage === undefined ? known : undefined;
        }
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      this.#known = undefined;
      this.#state.fail(error);
    }
    this.#hasTurned = true;
    await this.#decide(nowSeconds);
    if (!isRead) {
      await this.#look(nowSeconds).catch((error: unknown) => {
        this.#state.report(error, 'scoring');
      });
    }
  }

  view(): RangeView {
    const doubt = this.#hasTurned ? this.#observer.doubt(this.#endAt(this.#deps.nowSeconds()), STALE_STEPS) : undefined;
    return this.#state.view(this.#observer.actual, this.#accuracy, doubt);
  }

  againSeconds(): number {
    return this.#near.intervalSeconds / LOOKS;
  }

  /** Whether the last forecast knew every row that there can be. */
  #isAllKnown(nowSeconds: number): boolean {
    const endSeconds = this.#endAt(nowSeconds);
    return (
      this.#known !== undefined &&
      this.#known === this.#knownUntil(nowSeconds) &&
      [...this.#observer.actual.values()].every((series) => lastObservedSeconds(series) === endSeconds)
    );
  }

  #knownUntil(nowSeconds: number): string {
    const lasts = [...this.#observer.actual.values()].map((series) => lastObservedSeconds(series));
    return JSON.stringify([this.#endAt(nowSeconds), ...lasts]);
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
    const needs: SeriesNeeds[] = [];
    const limited = jobs.filter(({ name }) => this.#deps.perReplica(name) !== undefined).length;
    for (const job of jobs) {
      try {
        const foreseen = await this.#forecast(job, limited);
        series.push(foreseen.series);
        needs.push(...foreseen.needs);
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
    this.#asked =
      needs.length === limited && limited > 0 ? { series: needs, grid: gridAhead(outlook.grid) } : undefined;
  }

  /** Tells what the floor of the next minutes is, or why there is none. */
  async #decide(nowSeconds: number): Promise<void> {
    const { health } = this.view();
    const ready = this.#observer.currentReplicas(this.#endAt(nowSeconds)) ?? this.#deps.currentReplicas();
    const asked = this.#asked;
    if (health.state !== 'ok') {
      await this.#lose(health.problem ?? health.state);
    } else if (ready === undefined) {
      await this.#lose('the present replicas are unknown');
    } else if (asked === undefined) {
      await this.#lose('not every series with a capacity has one');
    } else {
      const plan = this.#floor.decide({ nowSeconds, ready: Math.floor(ready), ...asked });
      const isNew = plan.floor !== this.#plan?.floor || plan.grid !== this.#plan.grid;
      this.#plan = plan;
      if (isNew) {
        await this.#deps.onNear(plan, '');
      }
    }
  }

  async #lose(reason: string): Promise<void> {
    this.#plan = undefined;
    await this.#deps.onNear(undefined, reason);
  }

  async #forecast(
    { name, kind, unit, history }: SeriesJob,
    limited: number
  ): Promise<{ readonly series: RangeSeries; readonly needs: readonly SeriesNeeds[] }> {
    const { stepSeconds, horizonSeconds } = this.#near;
    const replicas = this.#deps.currentReplicas();
    const perReplica = this.#deps.perReplica(name);
    const { forecast, needs, seconds } = await this.#deps.compute.near({
      workload: this.#config.name,
      series: name,
      history: { target: history.target },
      horizon: horizonSeconds / stepSeconds,
      seasonSteps: Math.max(1, Math.round((this.#config.forecast.seasonSeconds ?? DAY_SECONDS) / stepSeconds)),
      seed: hashName(`${this.#state.subject}/${name}`),
      isFresh: !this.#learnt.has(name),
      ...(perReplica === undefined ? {} : { needs: this.#wanted(perReplica, limited, kind) }),
    });
    this.#learnt.add(name);
    this.#deps.hooks.forecastSeconds(seconds);
    const scalability = scalabilityIn(kind, this.#deps.scalability());
    const capacity =
      perReplica === undefined || replicas === undefined
        ? {}
        : { capacity: perReplica * replicasWorth(replicas, scalability) };
    const last = history.target.values.findLast((value) => !Number.isNaN(value)) ?? 0;
    const [accepted, half, double] = needs ?? [];
    return {
      series: { name, kind, unit, forecast, ...capacity },
      needs:
        perReplica === undefined || accepted === undefined || half === undefined || double === undefined
          ? []
          : [{ name, present: this.#needOf(last / perReplica, kind), ahead: [accepted, half, double] }],
    };
  }

  /** Replicas for the rows ahead; of `limited` series each carries its share of the risk. */
  #wanted(perReplica: number, limited: number, kind: SeriesJob['kind']): NonNullable<RangeJob['needs']> {
    const { stepSeconds, horizonSeconds, intervalSeconds } = this.#near;
    const { min, max, leadTimeSeconds } = this.#config.scaling;
    const risk = this.#deps.risk?.(this.#config) ?? this.#config.scaling.risk;
    const scalability = this.#deps.scalability();
    const horizon = horizonSeconds / stepSeconds;
    return {
      perReplica,
      min,
      max,
      horizon,
      decisionLead: Math.min(horizon, Math.ceil((leadTimeSeconds + intervalSeconds) / stepSeconds) + 1),
      windowRows: Math.max(1, Math.round(leadTimeSeconds / stepSeconds)),
      ...(kind === 'resource' || scalability === undefined ? {} : { scalability }),
      risks: [risk / limited, risk / (2 * limited), Math.min(1, (2 * risk) / limited)],
    };
  }

  /** Replicas, within the limits, that do the work of `linear` which don't slow each other down. */
  #needOf(linear: number, kind: SeriesJob['kind']): number {
    const { min, max } = this.#config.scaling;
    const scalability = scalabilityIn(kind, this.#deps.scalability());
    return Math.max(min, Math.min(max, replicasForWork(Math.ceil(linear), scalability)));
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

/** The steps after the cutoff, at which an outlook's grid begins. */
function gridAhead(grid: TimeGrid): TimeGrid {
  return { ...grid, startSeconds: timeAt(grid, 1), length: grid.length - 1 };
}
