import PQueue from 'p-queue';
import type {
  Mode,
  Recommendation,
  RecommendationAnswer,
  RecommendationState,
  Scenario,
  SourceEntry,
} from '../../contract/index.ts';
import type { Outlook } from '../allocation/index.ts';
import type { Config, WorkloadConfig } from '../config/index.ts';
import type { ForecastImportance } from '../evaluation/index.ts';
import type { Forecast, HistorySource } from '../forecasting/index.ts';
import { BUILT_IN_SCENARIOS } from '../simulation/index.ts';
import type { Storage } from '../storage/index.ts';
import type { ScalingStand } from './acting/scalingStand.ts';
import type { ArmSetting } from './experiments/armSetting.ts';
import type { Compute, PreviewJob } from './compute.ts';
import type { FleetHooks } from './fleetHooks.ts';
import type { FleetView, WorkloadView } from './fleetView.ts';
import { createRangeLoops } from './ranges/createRangeLoops.ts';
import type { RangeLoop } from './ranges/rangeLoop.ts';
import { rangeSubject, type RangeName } from './ranges/rangeView.ts';
import type { LearningStand } from './tuning/learningStand.ts';
import type { ShadowWatch } from './tuning/shadows.ts';
import { WorkloadLoop } from './workloadLoop.ts';

export interface FleetDeps {
  readonly storage: Storage;
  readonly compute: Compute;
  readonly hooks: FleetHooks;
  readonly nowSeconds: () => number;
  readonly createSource: (entry: SourceEntry) => HistorySource;
  /** The mode in force; default observe. */
  readonly mode?: (config: WorkloadConfig) => Mode;
  /** The accepted risk in force; default the declared one. */
  readonly risk?: (config: WorkloadConfig) => number;
  /** What a test tries at this moment; default nothing. */
  readonly tested?: (config: WorkloadConfig) => ArmSetting | undefined;
  /** How acting on a workload stands; default nothing acts. */
  readonly scaling?: (config: WorkloadConfig) => ScalingStand | undefined;
  /** How a workload's learnt models stand; default nothing is known. */
  readonly learning?: (config: WorkloadConfig) => LearningStand | undefined;
  /** Lets challengers forecast in shadow; default none does. */
  readonly shadows?: ShadowWatch;
  /** A scenario by name; default those that ship. */
  readonly scenario?: (name: string) => Scenario | undefined;
}

interface Member {
  readonly loop: WorkloadLoop;
  readonly ranges: ReadonlyMap<RangeName, RangeMember>;
  readonly abort: AbortController;
  running: Promise<void> | undefined;
}

interface RangeMember {
  readonly loop: RangeLoop;
  running: Promise<void> | undefined;
}

/** So many turns of a range at a time, in the whole fleet: after a start there is much to read. */
const RANGE_TURNS: Readonly<Record<RangeName, number>> = { near: 16, planning: 2 };

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

  readonly #rangeQueues: Readonly<Record<RangeName, PQueue>> = {
    near: new PQueue({ concurrency: RANGE_TURNS.near }),
    planning: new PQueue({ concurrency: RANGE_TURNS.planning }),
  };
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
            scenario: this.#deps.scenario ?? builtInScenario,
            sources: bySource,
            onKept: () => {
              this.#storageProblem = undefined;
            },
          });
          await loop.restore();
          const ranges = createRangeLoops(workload, {
            ...this.#deps,
            sources: bySource,
            currentReplicas: () => loop.currentReplicas(),
            perReplica: (series) => loop.perReplica(series),
            scalability: () => loop.scalability(),
            onNear: (plan, reason) => loop.takeNear(plan, reason),
          });
          for (const range of ranges.values()) {
            await range.restore();
          }
          fresh.push(workload.name);
          members.set(workload.name, {
            loop,
            ranges: new Map([...ranges].map(([range, each]) => [range, { loop: each, running: undefined }])),
            abort: new AbortController(),
            running: undefined,
          });
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
    const gone = [...formerMembers.keys()].filter((name) => !members.has(name));
    await Promise.all(gone.map((name) => this.#deps.compute.forget(name)));
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

  /** One turn of a range of one workload, after its day's turn; while a turn is under way, joins it. */
  async turnRange(name: string, range: RangeName): Promise<void> {
    const member = this.#members.get(name);
    const one = member?.ranges.get(range);
    if (member === undefined || one === undefined) {
      return;
    }
    const turn = async () => {
      await member.running;
      await this.#rangeQueues[range].add(async () => {
        if (!member.abort.signal.aborted) {
          await one.loop.turn(member.abort.signal);
        }
      });
    };
    one.running ??= turn().finally(() => {
      one.running = undefined;
    });
    await one.running;
  }

  /** After how many seconds another look of a range is worth it; `undefined`: not before its next step. */
  againSeconds(name: string, range: RangeName): number | undefined {
    return this.#members.get(name)?.ranges.get(range)?.loop.againSeconds();
  }

  /** Fits a workload's models anew, with those that there are now (`areOther`: than before), and issues its outlook by them. */
  async refit(name: string, areOther = false): Promise<void> {
    await this.settled(name);
    this.#members.get(name)?.loop.forgetFits(areOther);
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
    return [...this.#members.values()].map(viewOf);
  }

  workload(name: string): WorkloadView | undefined {
    const member = this.#members.get(name);
    return member && viewOf(member);
  }

  /**
   * What a person or policy made of a recommendation, kept before it is shown. One that no longer stands is changed in
   * the storage alone; `undefined` where there is none.
   */
  async answer(
    id: string,
    state: RecommendationState,
    answer: RecommendationAnswer
  ): Promise<Recommendation | undefined> {
    const stored = await this.#deps.storage.recommendation(id);
    if (stored === undefined) {
      return undefined;
    }
    const standing = await this.#members.get(stored.workload)?.loop.answer(id, state, answer);
    if (standing !== undefined) {
      return standing;
    }
    const answered: Recommendation = { ...stored, state, answer };
    await this.#deps.storage.saveRecommendation(answered);
    return answered;
  }

  pastOutlooks(
    workload: string,
    fromSeconds: number,
    toSeconds: number,
    range?: RangeName
  ): Promise<readonly Outlook[]> {
    const subject = range === undefined ? workload : rangeSubject(workload, range);
    return this.#deps.storage.outlooks(subject, fromSeconds, toSeconds);
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
    const running = [...this.#members.values()].flatMap((member) =>
      [member, ...member.ranges.values()].flatMap((each) => each.running ?? [])
    );
    await Promise.all(running);
    await Promise.all([...this.#sources.values()].map(({ source }) => source.close()));
  }

  #hasSameSources(workload: WorkloadConfig, sources: ReadonlyMap<string, BuiltSource>): boolean {
    const names = [...workload.series.map((series) => series.query.source), workload.replicas?.source];
    return names.every((name) => name === undefined || this.#sources.get(name)?.source === sources.get(name)?.source);
  }
}

function builtInScenario(name: string): Scenario | undefined {
  return BUILT_IN_SCENARIOS.find((one) => one.name === name);
}

function viewOf({ loop, ranges }: Member): WorkloadView {
  return {
    ...loop.view(),
    ...Object.fromEntries([...ranges].map(([range, each]) => [range, each.loop.view()])),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
