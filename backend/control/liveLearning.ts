import type { Outlook } from '../allocation/index.ts';
import type { WorkloadConfig } from '../config/index.ts';
import {
  arrivedTruths,
  correctionOf,
  driftWords,
  learnBlock,
  missingTruths,
  newSeriesLearning,
  offCourse,
  relevelled,
  scoreTruths,
  UNKNOWN,
  ZONE_HOURS,
  type DriftVerdict,
  type IssuedForecast,
  type LateTruths,
  type SeriesLearning,
} from '../learning/index.ts';
import type { ScoreRow, Storage } from '../storage/index.ts';
import { seriesEnd, timeAt, type Series } from '../timeseries/index.ts';
import type { SeriesJob } from './compute.ts';
import type { FleetHooks } from './fleetHooks.ts';
import { keptLearnings, readLearnings } from './seriesLearnings.ts';

const HOUR_SECONDS = 3600;
/** At most so many hours are learnt in one turn: after an outage the rest follows in the next. */
const MOST_BLOCKS = 48;

export interface LiveLearningDeps {
  readonly storage: Pick<Storage, 'setting' | 'setSetting'>;
  readonly hooks: Pick<FleetHooks, 'onDrift'>;
}

/** The key under which what was learnt of a workload is kept. */
export function liveLearningKey(workload: string): string {
  return `live-learning/${workload}`;
}

/** What is learnt of one workload while it is forecast: drift, moved quantiles, late truths; and what follows from it. */
export class LiveLearning {
  readonly #config: WorkloadConfig;
  readonly #deps: LiveLearningDeps;
  #series = new Map<string, SeriesLearning>();
  #late: LateTruths = new Map();
  /** Forecasts before their quantiles were moved, by series, `[zone]`, oldest first. */
  readonly #raw = new Map<string, IssuedForecast[][]>();

  constructor(config: WorkloadConfig, deps: LiveLearningDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  async restore(): Promise<void> {
    const { forecast, name } = this.#config;
    const kept = readLearnings(await this.#deps.storage.setting(liveLearningKey(name)), forecast.stepSeconds);
    if (kept !== undefined) {
      this.#series = new Map(kept.series);
      this.#late = kept.late;
    }
  }

  async save(): Promise<void> {
    const { forecast, name } = this.#config;
    const kept = keptLearnings({ series: this.#series, late: this.#late }, forecast.stepSeconds);
    await this.#deps.storage.setSetting(liveLearningKey(name), kept);
  }

  /** The verdict on each series that the workload has. */
  verdicts(): ReadonlyMap<string, DriftVerdict> {
    return new Map(
      this.#config.series.map(({ name }) => [name, this.#series.get(name)?.drift.verdict ?? UNKNOWN] as const)
    );
  }

  /** How far its series are off their course; 1: none is. Undefined while nothing is known of any. */
  drift(): number | undefined {
    return offCourse(this.verdicts().values());
  }

  /** Why nothing lower may be advised, in words: a series that capacity is counted in stands still. */
  doubt(): string | undefined {
    const frozen = this.#config.series.find(
      ({ name, perReplica, learnsPerReplica }) =>
        (perReplica !== undefined || learnsPerReplica === true) && this.#frozenSince(name) !== undefined
    );
    return frozen === undefined ? undefined : `${frozen.name} stands still, for longer than it ever did`;
  }

  /** The jobs with histories at the present level, without what a frozen sensor said, and with how to move quantiles. */
  prepared(jobs: readonly SeriesJob[]): SeriesJob[] {
    const seen = new Map(jobs.map(({ name, history }) => [name, this.#seen(name, history.target)] as const));
    return jobs.map((job) => {
      const learning = this.#series.get(job.name);
      const correction = learning && correctionOf(learning.conformal);
      const { pastCovariates } = job.history;
      return {
        ...job,
        history: {
          ...job.history,
          target: seen.get(job.name)!,
          ...(pastCovariates === undefined
            ? {}
            : {
                pastCovariates: new Map(
                  [...pastCovariates].map(([name, series]) => [name, seen.get(name) ?? this.#seen(name, series)])
                ),
              }),
        },
        ...(correction === undefined ? {} : { correction }),
      };
    });
  }

  /** What the forecasts said before their quantiles were moved; the first of each hour is remembered. */
  issued(raw: ReadonlyMap<string, ReadonlyArray<IssuedForecast | undefined>>): void {
    for (const [name, pieces] of raw) {
      const kept = this.#raw.get(name) ?? ZONE_HOURS.map(() => []);
      this.#raw.set(name, kept);
      pieces.forEach((piece, zone) => {
        const list = kept[zone]!;
        if (
          piece !== undefined &&
          this.#blockOf(list.at(-1)?.cutoffSeconds ?? 0) < this.#blockOf(piece.cutoffSeconds)
        ) {
          list.push(piece);
          list.splice(0, list.length - (ZONE_HOURS[zone]! + 3));
        }
      });
    }
  }

  /** The last instant up to which there are whole hours (or steps, where they are longer) of truths. */
  wholeUntil(timeSeconds: number): number {
    const { blockSeconds } = newSeriesLearning(this.#config.forecast.stepSeconds).drift;
    return Math.floor(timeSeconds / blockSeconds) * blockSeconds;
  }

  /**
   * Learns the truths in (`fromSeconds`, `untilSeconds`], scored by the outlooks that foresaw them, with those before that
   * came late; tells of a drift that is new.
   */
  learn(
    outlooks: readonly Outlook[],
    actual: ReadonlyMap<string, Series>,
    fromSeconds: number,
    untilSeconds: number
  ): readonly ScoreRow[] {
    const arrived = arrivedTruths(actual, this.#late);
    const rows = scoreTruths(outlooks, actual, fromSeconds, untilSeconds, arrived);
    this.#late = missingTruths(
      actual,
      fromSeconds,
      untilSeconds,
      this.#late,
      untilSeconds - this.#config.forecast.horizonSeconds
    );
    for (const [name, series] of actual) {
      this.#learnSeries(name, series, issuedOf(outlooks, name), untilSeconds);
    }
    return rows;
  }

  #learnSeries(name: string, actual: Series, issued: readonly IssuedForecast[], untilSeconds: number): void {
    let learning = this.#series.get(name) ?? newSeriesLearning(actual.grid.stepSeconds);
    const { blockSeconds } = learning.drift;
    const first = Math.max(learning.drift.untilSeconds ?? 0, untilSeconds - MOST_BLOCKS * blockSeconds);
    for (let at = first; at + blockSeconds <= untilSeconds; at += blockSeconds) {
      const before = learning.drift.verdict;
      learning = learnBlock(learning, at, actual, issued, this.#raw.get(name) ?? []);
      const after = learning.drift.verdict;
      const isNew =
        after.kind !== before.kind ||
        after.sinceSeconds !== before.sinceSeconds ||
        (after.isConfirmed && !before.isConfirmed);
      if (isNew && after.isConfirmed && after.kind !== 'steady') {
        this.#deps.hooks.onDrift?.(this.#config.name, {
          kind: after.kind,
          words: `${name}: ${driftWords(after)}`,
        });
      }
    }
    this.#series.set(name, learning);
  }

  #frozenSince(name: string): number | undefined {
    const verdict = this.#series.get(name)?.drift.verdict;
    return verdict?.kind === 'sensorFreeze' ? (verdict.sinceSeconds ?? undefined) : undefined;
  }

  #seen(name: string, series: Series): Series {
    const learning = this.#series.get(name);
    const since = this.#frozenSince(name);
    const levelled = learning === undefined ? series : relevelled(series, learning.drift.shifts);
    if (since === undefined || seriesEnd(series) < since) {
      return levelled;
    }
    const values = levelled.values.map((value, index) => (timeAt(levelled.grid, index) < since ? value : Number.NaN));
    return { grid: levelled.grid, values };
  }

  #blockOf(cutoffSeconds: number): number {
    return Math.floor(cutoffSeconds / Math.max(HOUR_SECONDS, this.#config.forecast.stepSeconds));
  }
}

function issuedOf(outlooks: readonly Outlook[], name: string): IssuedForecast[] {
  return outlooks.flatMap(({ cutoffSeconds, grid, series }) => {
    const own = series.find((each) => each.name === name);
    return own === undefined ? [] : [{ cutoffSeconds, grid, levels: own.levels, values: own.values }];
  });
}
