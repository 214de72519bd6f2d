import { DEFAULTS, type PlanningConfig, type SeriesConfig, type WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { gridEnd, lastObservedSeconds, observedCount, type Series } from '../../timeseries/index.ts';
import { hashName } from '../hashName.ts';
import { STALE_STEPS } from '../workloadObserver.ts';
import { eventCovariates } from './eventCovariates.ts';
import { decodeKeptPeriods, encodeKeptPeriods, keptPeriodsKey } from './keptPeriods.ts';
import { PeriodHistory } from './periodHistory.ts';
import type { Periods } from './periods.ts';
import { quietHooks } from './quietHooks.ts';
import type { RangeLoop, RangeLoopDeps } from './rangeLoop.ts';
import { rangeOutlook, type RangeSeries } from './rangeOutlook.ts';
import { RangeState } from './rangeState.ts';
import type { RangeView } from './rangeView.ts';

const DAY_SECONDS = 86_400;
const WEEK_DAYS = 7;
/** Two weeks: with less, what is a week and what is growth cannot be told apart. */
const LEAST_HISTORY_SECONDS = 14 * DAY_SECONDS;
/** The planning model's own least. */
const LEAST_STEPS = 6;
const AGGREGATES = ['mean', 'peak'] as const;

interface TrackedPeriods {
  readonly config: SeriesConfig;
  /** What is asked of the source, and how: the key of what was kept. */
  readonly question: string;
  readonly history: PeriodHistory;
  failure?: string;
}

/** The next months in days: their means, and their peaks, for which capacity is bought. Made anew when a day is over. */
export class PlanningLoop implements RangeLoop {
  readonly #config: WorkloadConfig;
  readonly #planning: PlanningConfig;
  readonly #deps: RangeLoopDeps;
  readonly #state: RangeState;
  readonly #series: readonly TrackedPeriods[];
  #readUntilSeconds = Number.NEGATIVE_INFINITY;

  constructor(config: WorkloadConfig, planning: PlanningConfig, deps: RangeLoopDeps) {
    this.#config = config;
    this.#planning = planning;
    this.#deps = { ...deps, hooks: quietHooks(deps.hooks) };
    this.#state = new RangeState('planning', planning, config, this.#deps);
    const options = { ...planning, historySeconds: DEFAULTS.planning.historySeconds };
    this.#series = config.series.map((series) => {
      const source = deps.sources.get(series.query.source);
      if (source === undefined) {
        throw new RangeError(`workload ${config.name} names source ${series.query.source}, which was not built`);
      }
      return {
        config: series,
        question: JSON.stringify([series.query, planning.stepSeconds, planning.sampleSeconds]),
        history: new PeriodHistory(source, series.query, options),
      };
    });
  }

  async restore(): Promise<void> {
    await this.#state.restore();
    const key = keptPeriodsKey(this.#config.name);
    const value = await this.#state.readable(() => this.#deps.storage.setting(key));
    const ends = this.#series.map(({ config, question, history }) => {
      const kept = decodeKeptPeriods(value, config.name, question);
      if (kept === undefined) {
        return Number.NEGATIVE_INFINITY;
      }
      history.restore(kept);
      return gridEnd(kept.periods.grid);
    });
    this.#readUntilSeconds = Math.min(...ends);
  }

  async turn(signal: AbortSignal): Promise<void> {
    const nowSeconds = this.#deps.nowSeconds();
    const endSeconds = this.#endAt(nowSeconds);
    if (this.#readUntilSeconds === endSeconds && this.#state.outlook?.cutoffSeconds === endSeconds) {
      return;
    }
    try {
      await this.#observe(nowSeconds, endSeconds, signal);
      await this.#foresee(nowSeconds, endSeconds, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#state.fail(error);
      }
    }
  }

  againSeconds(): undefined {
    return undefined;
  }

  view(): RangeView {
    const actual = new Map(
      this.#series.flatMap(({ config, history }) =>
        history.kept === undefined
          ? []
          : AGGREGATES.map((of) => [`${config.name}/${of}`, seriesOf(history.kept!.periods, of)] as const)
      )
    );
    return this.#state.view(actual, [], this.#doubt());
  }

  /** Reads what is new, series by series; a failure stays with its series. */
  async #observe(nowSeconds: number, endSeconds: number, signal: AbortSignal): Promise<void> {
    for (const each of this.#series) {
      try {
        await each.history.update(endSeconds, signal);
        delete each.failure;
      } catch (error) {
        signal.throwIfAborted();
        each.failure = error instanceof Error ? error.message : String(error);
        this.#deps.hooks.event({
          atSeconds: nowSeconds,
          level: 'warn',
          what: 'source of the planning range',
          workload: this.#config.name,
          ...(error instanceof HeadroomError ? { code: error.code } : {}),
          message: `${each.config.name}: ${each.failure}`,
        });
      }
    }
    if (this.#series.every(({ failure }) => failure === undefined)) {
      this.#readUntilSeconds = endSeconds;
    }
    await this.#keepPeriods();
  }

  async #keepPeriods(): Promise<void> {
    const kept = new Map(
      this.#series.flatMap(({ config, question, history }) =>
        history.kept === undefined ? [] : [[config.name, { question, kept: history.kept }] as const]
      )
    );
    try {
      await this.#deps.storage.setSetting(keptPeriodsKey(this.#config.name), encodeKeptPeriods(kept));
    } catch (error) {
      this.#state.report(error, 'storage');
    }
  }

  async #foresee(nowSeconds: number, endSeconds: number, signal: AbortSignal): Promise<void> {
    const failures = this.#series.flatMap(({ config, failure }) =>
      failure === undefined ? [] : [`${config.name} could not be read: ${failure}`]
    );
    if (failures.length === this.#series.length) {
      this.#state.hold(this.#series[0]!.failure!, failures);
      return;
    }
    const series: RangeSeries[] = [];
    const left: string[] = [];
    for (const each of this.#series) {
      const periods = each.history.knownAt(endSeconds);
      const tooShort = this.#tooShort(each.config.name, periods);
      if (periods === undefined || tooShort !== undefined) {
        left.push(...(each.failure === undefined && tooShort !== undefined ? [tooShort] : []));
        continue;
      }
      try {
        for (const aggregate of AGGREGATES) {
          series.push(await this.#forecast(each.config, aggregate, periods));
          signal.throwIfAborted();
        }
      } catch (error) {
        signal.throwIfAborted();
        left.push(`${each.config.name} has no planning forecast: ${(error as Error).message}`);
      }
    }
    const warnings = [
      ...failures,
      ...left,
      ...this.#series.flatMap(({ config, history }) => history.warnings.map((each) => `${config.name}: ${each}`)),
    ];
    if (series.length === 0) {
      this.#state.hold(left[0] ?? 'nothing could be forecast', warnings);
      return;
    }
    const { stepSeconds, horizonSeconds } = this.#planning;
    const outlook = rangeOutlook({
      subject: this.#state.subject,
      issuedAtSeconds: nowSeconds,
      cutoffSeconds: endSeconds,
      stepSeconds,
      horizon: horizonSeconds / stepSeconds,
      currency: this.#config.cost.currency,
      series,
    });
    await this.#state.issue(outlook, warnings);
  }

  /** Why so little past is no basis for months ahead, in words. */
  #tooShort(name: string, periods: Periods | undefined): string | undefined {
    const { stepSeconds } = this.#planning;
    const measured = periods === undefined ? 0 : observedCount(seriesOf(periods, 'mean'));
    const least = Math.max(LEAST_STEPS, Math.ceil(LEAST_HISTORY_SECONDS / stepSeconds));
    const unit = stepSeconds === DAY_SECONDS ? 'days' : `periods of ${String(stepSeconds / DAY_SECONDS)} days`;
    return measured >= least
      ? undefined
      : `${name} has no planning forecast: ${String(measured)} whole ${unit} are measured, it takes ${String(least)}`;
  }

  async #forecast(series: SeriesConfig, aggregate: 'mean' | 'peak', periods: Periods): Promise<RangeSeries> {
    const { stepSeconds, horizonSeconds } = this.#planning;
    const name = `${series.name}/${aggregate}`;
    const horizon = horizonSeconds / stepSeconds;
    const events = eventCovariates(periods.grid, horizon, this.#config.calendar);
    const { forecast, seconds } = await this.#deps.compute.planning({
      workload: this.#config.name,
      series: name,
      history: {
        target: seriesOf(periods, aggregate),
        ...(events.size === 0 ? {} : { knownCovariates: events }),
      },
      horizon,
      seasonSteps: stepSeconds === DAY_SECONDS ? WEEK_DAYS : 1,
      seed: hashName(`${this.#state.subject}/${name}`),
      isFresh: true,
    });
    this.#deps.hooks.forecastSeconds(seconds);
    const replicas = this.#deps.currentReplicas();
    const { kind, unit, perReplica } = series;
    const capacity = perReplica === undefined || replicas === undefined ? {} : { capacity: perReplica * replicas };
    return { name, kind, unit, forecast, ...capacity };
  }

  #doubt(): string | undefined {
    const endSeconds = this.#endAt(this.#deps.nowSeconds());
    for (const { config, history } of this.#series) {
      const last = history.kept && lastObservedSeconds(seriesOf(history.kept.periods, 'mean'));
      if (last !== undefined && endSeconds - last > STALE_STEPS * this.#planning.stepSeconds) {
        return `${config.name} has no measured day since ${new Date(last * 1000).toISOString().slice(0, 10)}`;
      }
    }
    const failed = this.#series.find(({ failure }) => failure !== undefined);
    return failed && `${failed.config.name} could not be read: ${failed.failure!}`;
  }

  #endAt(seconds: number): number {
    const { stepSeconds } = this.#planning;
    return Math.floor(seconds / stepSeconds) * stepSeconds;
  }
}

function seriesOf({ grid, mean, peak }: Periods, aggregate: 'mean' | 'peak'): Series {
  return { grid, values: aggregate === 'mean' ? mean : peak };
}
