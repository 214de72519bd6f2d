import type { WorkloadConfig } from '../config/index.ts';
import { HeadroomError } from '../errors/index.ts';
import type { HistorySource } from '../forecasting/index.ts';
import type { ServiceHistory } from '../simulation/index.ts';
import { gridEnd, lastObservedSeconds, observedCount, type Series } from '../timeseries/index.ts';
import type { SeriesJob } from './compute.ts';
import type { FleetHooks } from './fleetHooks.ts';
import { SeriesHistory, type SeriesHistoryOptions } from './seriesHistory.ts';

/** A measurement older than this many steps is too old to be called the present. */
export const STALE_STEPS = 3;
/** One step may be late; without the two last ones nothing lower is advised. */
const DOUBT_STEPS = 1;

export interface ObserverOptions extends SeriesHistoryOptions {
  /** Default: they are read where the workload names them. */
  readonly readsReplicas?: boolean;
  /** Whether what is known of the present is in doubt without them. Default: it is. */
  readonly needsReplicas?: boolean;
}

interface TrackedSeries {
  readonly name: string;
  readonly sourceName: string;
  readonly history: SeriesHistory;
  failure?: string;
}

/** What is measured of one workload: its series and its ready replicas, as far as their sources answer. */
export class WorkloadObserver {
  readonly #config: WorkloadConfig;
  readonly #hooks: FleetHooks;
  readonly #stepSeconds: number;
  readonly #needsReplicas: boolean;
  readonly #series: readonly TrackedSeries[];
  readonly #replicas: TrackedSeries | undefined;
  readonly #latency: TrackedSeries | undefined;
  readonly #errors: TrackedSeries | undefined;

  /** Reads on the grid of the day ahead, or on that of `history`. */
  constructor(
    config: WorkloadConfig,
    sources: ReadonlyMap<string, HistorySource>,
    hooks: FleetHooks,
    history: ObserverOptions = config.forecast
  ) {
    this.#config = config;
    this.#hooks = hooks;
    this.#stepSeconds = history.stepSeconds;
    this.#needsReplicas = history.needsReplicas !== false;
    const track = (name: string, query: WorkloadConfig['series'][number]['query']): TrackedSeries => {
      const source = sources.get(query.source);
      if (source === undefined) {
        throw new RangeError(`workload ${config.name} names source ${query.source}, which was not built`);
      }
      return { name, sourceName: query.source, history: new SeriesHistory(source, query, history) };
    };
    this.#series = config.series.map((series) => track(series.name, series.query));
    this.#replicas =
      config.replicas === undefined || history.readsReplicas === false ? undefined : track('replicas', config.replicas);
    const { latency, errors } = history === config.forecast ? config.slo : {};
    this.#latency = latency === undefined ? undefined : track('slo.latency', latency);
    this.#errors = errors === undefined ? undefined : track('slo.errors', errors);
  }

  /** Measured history by series name. */
  get actual(): ReadonlyMap<string, Series> {
    return new Map(
      this.#series.flatMap(({ name, history }) =>
        history.series === undefined ? [] : [[name, history.series] as const]
      )
    );
  }

  /** The parts of the activities that are split by a label, by activity and value. */
  get parts(): ReadonlyMap<string, ReadonlyMap<string, Series>> {
    return new Map(
      this.#series.flatMap(({ name, history }) => (history.parts.size === 0 ? [] : [[name, history.parts] as const]))
    );
  }

  get replicas(): Series | undefined {
    return this.#replicas?.history.series;
  }

  get latency(): Series | undefined {
    return this.#latency?.history.series;
  }

  get errors(): Series | undefined {
    return this.#errors?.history.series;
  }

  /** The last instant up to which every series was read, in epoch seconds. */
  get readUntilSeconds(): number | undefined {
    const ends = [...this.actual.values()].map((series) => gridEnd(series.grid));
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** Why nothing at all could be read, in words; `undefined` where something could. */
  get outage(): string | undefined {
    return this.#series.every((each) => each.failure !== undefined) ? this.#series[0]?.failure : undefined;
  }

  /** Reads what is new, each series on its own; a failure stays with its series. */
  async update(nowSeconds: number, signal: AbortSignal): Promise<void> {
    await Promise.all(this.#tracked().map((each) => this.#updateOne(each, nowSeconds, signal)));
  }

  /**
   * What can be forecast: the series with at least one measurement, all ending at `endSeconds`, resources with the
   * activities that may drive them.
   */
  jobs(endSeconds: number): SeriesJob[] {
    const activities = this.#activities(endSeconds);
    return this.#config.series.flatMap((series, index) => {
      const target = this.#series[index]?.history.paddedTo(endSeconds);
      if (target === undefined || observedCount(target) === 0) {
        return [];
      }
      const { tier, industry, region } = this.#config.account;
      return [
        {
          name: series.name,
          kind: series.kind,
          unit: series.unit,
          history: {
            target,
            ...(series.kind === 'activity' || activities.size === 0 ? {} : { pastCovariates: activities }),
            metadata: { tier, industry, region },
          },
          ...(series.perReplica === undefined ? {} : { perReplica: series.perReplica }),
          ...(series.learnsPerReplica === true ? { learnsPerReplica: true as const } : {}),
        },
      ];
    });
  }

  /** What the capacity of a replica is learnt from; undefined where it is not, or demand or replicas are unknown. */
  capacityHistory(endSeconds: number): ServiceHistory | undefined {
    const { series, demand: demandName, refitsServing } = this.#config;
    const place = series.findIndex(
      ({ name, learnsPerReplica }) => learnsPerReplica === true || (refitsServing === true && name === demandName)
    );
    const past = (tracked: TrackedSeries | undefined) => tracked?.history.paddedTo(endSeconds);
    const [demand, replicas] = [past(this.#series[place]), past(this.#replicas)];
    if (demand === undefined || replicas === undefined) {
      return undefined;
    }
    const cpuPlace = this.#config.series.findIndex(({ name, kind }) => name === 'cpu' && kind === 'resource');
    const cpuPerReplica = this.#config.series[cpuPlace]?.perReplica;
    const [latency, errors, cpu] = [past(this.#latency), past(this.#errors), past(this.#series[cpuPlace])];
    const quantile = this.#config.slo.latency?.quantile;
    return {
      demand,
      replicas,
      ...(latency === undefined || quantile === undefined ? {} : { latency: { series: latency, quantile } }),
      ...(errors === undefined ? {} : { errors }),
      ...(cpu === undefined || cpuPerReplica === undefined ? {} : { cpu: { series: cpu, perReplica: cpuPerReplica } }),
    };
  }

  #activities(endSeconds: number): ReadonlyMap<string, Series> {
    return new Map(
      this.#config.series.flatMap(({ name, kind }, index) => {
        const past = this.#series[index]?.history.paddedTo(endSeconds);
        return kind !== 'activity' || past === undefined || observedCount(past) === 0 ? [] : [[name, past] as const];
      })
    );
  }

  /** Ready replicas, read at most three steps before `endSeconds`. */
  currentReplicas(endSeconds: number): number | undefined {
    const series = this.replicas;
    const atSeconds = series && lastObservedSeconds(series);
    if (series === undefined || atSeconds === undefined || this.#isOlder(atSeconds, endSeconds, STALE_STEPS)) {
      return undefined;
    }
    return series.values[Math.round((atSeconds - series.grid.startSeconds) / series.grid.stepSeconds)];
  }

  /** Why what is known of the present is not enough to advise less, in words; `steps` may be late. */
  doubt(endSeconds: number, steps = DOUBT_STEPS): string | undefined {
    if (this.#needsReplicas && this.#replicas !== undefined && this.currentReplicas(endSeconds) === undefined) {
      return 'the present replicas are unknown';
    }
    for (const [index, { name, failure, history }] of this.#series.entries()) {
      const observedSeconds = history.series && lastObservedSeconds(history.series);
      const isUnknown =
        failure !== undefined || observedSeconds === undefined || this.#isOlder(observedSeconds, endSeconds, steps);
      const { perReplica, learnsPerReplica } = this.#config.series[index]!;
      if (isUnknown && (perReplica !== undefined || learnsPerReplica === true)) {
        return `${name} has no present measurement`;
      }
    }
    return undefined;
  }

  warnings(): string[] {
    return this.#tracked().flatMap(({ name, failure, history }) => [
      ...(failure === undefined ? [] : [`${name} could not be read: ${failure}`]),
      ...history.warnings.map((warning) => `${name}: ${warning}`),
    ]);
  }

  async #updateOne(each: TrackedSeries, nowSeconds: number, signal: AbortSignal): Promise<void> {
    try {
      await each.history.update(nowSeconds, signal);
      delete each.failure;
      this.#hooks.sourceSuccess(each.sourceName, nowSeconds);
    } catch (error) {
      signal.throwIfAborted();
      each.failure = error instanceof Error ? error.message : String(error);
      this.#hooks.sourceError(each.sourceName, each.failure);
      this.#hooks.event({
        atSeconds: nowSeconds,
        level: 'warn',
        what: 'source',
        workload: this.#config.name,
        ...(error instanceof HeadroomError ? { code: error.code } : {}),
        message: `${each.name}: ${each.failure}`,
      });
    }
  }

  #tracked(): readonly TrackedSeries[] {
    return [...this.#series, ...[this.#replicas, this.#latency, this.#errors].filter((each) => each !== undefined)];
  }

  #isOlder(atSeconds: number, endSeconds: number, steps: number): boolean {
    return endSeconds - atSeconds > steps * this.#stepSeconds;
  }
}
