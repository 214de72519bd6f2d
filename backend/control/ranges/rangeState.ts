import type { Accuracy, Health } from '../../../contract/index.ts';
import type { Outlook } from '../../allocation/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { formatDuration, type Series } from '../../timeseries/index.ts';
import { STALE_STEPS } from '../workloadObserver.ts';
import type { RangeLoopDeps } from './rangeLoop.ts';
import { rangeSubject, type RangeName, type RangeView } from './rangeView.ts';

/** What a range last said and how that stands: kept, restored, judged by its age. */
export class RangeState {
  readonly subject: string;
  readonly #range: RangeName;
  readonly #config: WorkloadConfig;
  readonly #grid: { readonly stepSeconds: number; readonly horizonSeconds: number };
  readonly #deps: Omit<RangeLoopDeps, 'sources' | 'compute'>;
  #outlook: Outlook | undefined;
  #problem: string | undefined;
  #warnings: readonly string[] = [];
  #lastSuccessSeconds: number | undefined;

  constructor(
    range: RangeName,
    grid: { readonly stepSeconds: number; readonly horizonSeconds: number },
    config: WorkloadConfig,
    deps: Omit<RangeLoopDeps, 'sources' | 'compute'>
  ) {
    this.subject = rangeSubject(config.name, range);
    this.#range = range;
    this.#grid = grid;
    this.#config = config;
    this.#deps = deps;
  }

  get outlook(): Outlook | undefined {
    return this.#outlook;
  }

  /** Takes up the last outlook; one of another step is of a former configuration, and is left. */
  async restore(): Promise<void> {
    const kept = await this.readable(() => this.#deps.storage.latestOutlook(this.subject));
    this.#outlook = kept?.grid.stepSeconds === this.#grid.stepSeconds ? kept : undefined;
  }

  /** What the storage holds, or nothing where the record is damaged, which is told. */
  async readable<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof HeadroomError) || error.code !== 'STORAGE_RECORD_INVALID') {
        throw error;
      }
      this.report(error, 'storage');
      return undefined;
    }
  }

  /** A new outlook stands; a storage that fails costs the record, not the forecast. */
  async issue(outlook: Outlook, warnings: readonly string[]): Promise<void> {
    let unkept: string | undefined;
    try {
      await this.#deps.storage.saveOutlook(outlook, this.#config.scaling.leadTimeSeconds);
    } catch (error) {
      this.report(error, 'storage');
      unkept = error instanceof Error ? error.message : String(error);
    }
    this.#outlook = outlook;
    this.#problem = undefined;
    this.#lastSuccessSeconds = outlook.issuedAtSeconds;
    this.#warnings = [
      ...new Set([
        ...warnings,
        ...outlook.series.flatMap((series) => series.warnings.map((warning) => `${series.name}: ${warning}`)),
        ...(unkept === undefined ? [] : [`Not kept, so lost at a restart: ${unkept}`]),
      ]),
    ];
  }

  /** What stood goes on standing, and why nothing new was said. */
  hold(problem: string, warnings: readonly string[] = []): void {
    this.#problem = problem;
    this.#warnings = warnings;
  }

  fail(error: unknown): void {
    this.hold(error instanceof Error ? error.message : String(error));
    this.report(error, `the ${this.#range} range`);
  }

  report(error: unknown, what: string): void {
    this.#deps.hooks.event({
      atSeconds: this.#deps.nowSeconds(),
      level: 'error',
      what,
      workload: this.#config.name,
      ...(error instanceof HeadroomError ? { code: error.code } : {}),
      message: error instanceof Error ? error.message : String(error),
    });
  }

  /** `doubt` says why the present is not known well, in words. */
  view(actual: ReadonlyMap<string, Series>, accuracy: readonly Accuracy[], doubt: string | undefined): RangeView {
    return {
      range: this.#range,
      stepSeconds: this.#grid.stepSeconds,
      horizonSeconds: this.#grid.horizonSeconds,
      health: this.#health(doubt),
      ...(this.#outlook === undefined ? {} : { outlook: this.#outlook }),
      actual,
      accuracy,
      warnings: this.#warnings,
    };
  }

  #health(doubt: string | undefined): Health {
    const lastSuccessAt = this.#lastSuccessSeconds ?? this.#outlook?.issuedAtSeconds ?? null;
    if (this.#problem !== undefined) {
      return { state: 'failing', problem: this.#problem, lastSuccessAt };
    }
    if (this.#outlook === undefined) {
      return { state: 'starting', problem: 'no forecast has been made yet', lastSuccessAt };
    }
    const ageSeconds = this.#deps.nowSeconds() - this.#outlook.cutoffSeconds;
    if (ageSeconds > STALE_STEPS * this.#grid.stepSeconds) {
      const age = formatDuration(Math.round(ageSeconds / 60) * 60);
      return { state: 'stale', problem: `the last forecast is ${age} old`, lastSuccessAt };
    }
    return { state: doubt === undefined ? 'ok' : 'stale', problem: doubt ?? null, lastSuccessAt };
  }
}
