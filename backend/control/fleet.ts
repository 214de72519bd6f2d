import type { SourceEntry } from '../../contract/index.ts';
import type { Outlook } from '../allocation/index.ts';
import type { Config, WorkloadConfig } from '../config/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import type { Forecast, HistorySource } from '../forecasting/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Compute, PreviewJob } from './compute.ts';
import type { FleetHooks } from './fleetHooks.ts';
import type { FleetView, WorkloadView } from './fleetView.ts';
import { WorkloadLoop } from './workloadLoop.ts';

export interface FleetDeps {
  readonly storage: Storage;
  readonly compute: Compute;
  readonly hooks: FleetHooks;
  readonly nowSeconds: () => number;
  readonly createSource: (entry: SourceEntry) => HistorySource;
}

interface Member {
  readonly loop: WorkloadLoop;
  readonly abort: AbortController;
  running: Promise<void> | undefined;
}

interface BuiltSource {
  readonly entry: SourceEntry;
  readonly source: HistorySource;
}

export interface SourceState {
  readonly entry: SourceEntry;
  readonly lastSuccessSeconds?: number;
  /** The last failure, where nothing succeeded since. */
  readonly problem?: string;
}

/** All workloads in force, each with its loop; what the rim reads and the scheduler turns. */
export class Fleet implements FleetView {
  readonly #deps: FleetDeps;
  #sources = new Map<string, BuiltSource>();
  #members = new Map<string, Member>();

  readonly #sourceStates = new Map<string, Omit<SourceState, 'entry'>>();
  #storageProblem: string | undefined;

  constructor(deps: FleetDeps) {
    const { hooks } = deps;
    this.#deps = {
      ...deps,
      hooks: {
        ...hooks,
        event: (event) => {
          if (event.code?.startsWith('STORAGE_') === true) {
            this.#storageProblem = event.message;
          }
          hooks.event(event);
        },
        sourceSuccess: (source, atSeconds) => {
          this.#sourceStates.set(source, { lastSuccessSeconds: atSeconds });
          hooks.sourceSuccess(source, atSeconds);
        },
        sourceError: (source, problem) => {
          this.#sourceStates.set(source, { ...this.#sourceStates.get(source), problem });
          hooks.sourceError(source, problem);
        },
      },
    };
  }

  /** Why the last write failed, in words; `undefined` where it did not. */
  get storageProblem(): string | undefined {
    return this.#storageProblem;
  }

  /**
   * Puts a configuration in force: what is unchanged goes on undisturbed, what is gone stops, what is new is taken up
   * from the storage. Builds everything before it changes anything; throws and changes nothing where that fails.
   * Resolves with the names that are new or changed: those have no turn of their own yet.
   */
  async configure(config: Config): Promise<readonly string[]> {
    const sources = new Map<string, BuiltSource>();
    const built: HistorySource[] = [];
    const fresh: string[] = [];
    const members = new Map<string, Member>();
    try {
      for (const entry of config.sources) {
        const kept = this.#sources.get(entry.name);
        if (kept !== undefined && isSame(kept.entry, entry)) {
          sources.set(entry.name, kept);
        } else {
          const source = this.#deps.createSource(entry);
          built.push(source);
          sources.set(entry.name, { entry, source });
        }
      }
      const bySource = new Map([...sources].map(([name, { source }]) => [name, source]));
      for (const workload of config.workloads) {
        const kept = this.#members.get(workload.name);
        if (kept !== undefined && isSame(kept.loop.config, workload) && this.#hasSameSources(workload, sources)) {
          members.set(workload.name, kept);
        } else {
          const loop = new WorkloadLoop(workload, {
            ...this.#deps,
            sources: bySource,
            onKept: () => {
              this.#storageProblem = undefined;
            },
          });
          await loop.restore();
          fresh.push(workload.name);
          members.set(workload.name, { loop, abort: new AbortController(), running: undefined });
        }
      }
    } catch (error) {
      await Promise.all(built.map((source) => source.close()));
      throw error;
    }
    const [formerSources, formerMembers] = [this.#sources, this.#members];
    this.#sources = sources;
    this.#members = members;
    for (const [name, member] of formerMembers) {
      if (members.get(name) !== member) {
        member.abort.abort();
      }
    }
    await Promise.all(
      [...formerSources]
        .filter(([name, { source }]) => sources.get(name)?.source !== source)
        .map(([, { source }]) => source.close())
    );
    return fresh;
  }

  /** One turn of one workload; while a turn is under way, joins it. */
  async cycle(name: string): Promise<void> {
    const member = this.#members.get(name);
    if (member === undefined) {
      return;
    }
    member.running ??= member.loop.cycle(member.abort.signal).finally(() => {
      member.running = undefined;
    });
    await member.running;
  }

  /** Fits a workload's models anew, with those that there are now, and issues its outlook by them. */
  async refit(name: string): Promise<void> {
    await this.settled(name);
    this.#members.get(name)?.loop.forgetFits();
    await this.cycle(name);
  }

  /** Resolves when a workload's models are fitted and in its outlook. */
  async settled(name: string): Promise<void> {
    await this.#members.get(name)?.loop.settled();
  }

  nowSeconds(): number {
    return this.#deps.nowSeconds();
  }

  configs(): readonly WorkloadConfig[] {
    return [...this.#members.values()].map((member) => member.loop.config);
  }

  workloads(): readonly WorkloadView[] {
    return [...this.#members.values()].map((member) => member.loop.view());
  }

  workload(name: string): WorkloadView | undefined {
    return this.#members.get(name)?.loop.view();
  }

  pastOutlooks(workload: string, fromSeconds: number, toSeconds: number): Promise<readonly Outlook[]> {
    return this.#deps.storage.outlooks(workload, fromSeconds, toSeconds);
  }

  source(name: string): HistorySource | undefined {
    return this.#sources.get(name)?.source;
  }

  sourceStates(): readonly SourceState[] {
    return [...this.#sources.values()].map(({ entry }) => ({ entry, ...this.#sourceStates.get(entry.name) }));
  }

  /** What the latest forecast of a series used; `undefined` where there is none. */
  async importance(workload: string, series: string): Promise<ForecastImportance | undefined> {
    return this.#members.get(workload)?.loop.importance(series);
  }

  preview(job: PreviewJob): Promise<Forecast> {
    return this.#deps.compute.preview(job);
  }

  queued(): number {
    return this.#deps.compute.queued();
  }

  /** Stops what is under way and closes the sources; storage and compute belong to who made them. */
  async close(): Promise<void> {
    for (const { abort } of this.#members.values()) {
      abort.abort();
    }
    await Promise.all([...this.#members.values()].map((member) => member.running ?? Promise.resolve()));
    await Promise.all([...this.#sources.values()].map(({ source }) => source.close()));
  }

  #hasSameSources(workload: WorkloadConfig, sources: ReadonlyMap<string, BuiltSource>): boolean {
    const names = [...workload.series.map((series) => series.query.source), workload.replicas?.source];
    return names.every((name) => name === undefined || this.#sources.get(name)?.source === sources.get(name)?.source);
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
