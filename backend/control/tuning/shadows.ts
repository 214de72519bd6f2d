import { join } from 'node:path';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  addLosses,
  isSameVersion,
  leashed,
  leashesOf,
  pairLosses,
  readTrials,
  trialWords,
  verdictByDays,
  verdictOf,
  versionWords,
  withBlock,
  writeTrials,
  type BenchedModel,
  type ForecastPair,
  type ModelVersion,
  type PairedLosses,
  type Trial,
} from '../../learning/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { Compute, Leash, SeriesJob, ShadowResult } from '../compute.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import { hashName } from '../hashName.ts';
import { BY_HEADROOM, type Champions } from './champions.ts';
import type { CpuShare } from './cpuShare.ts';
import { blockOf, BLOCK_CUTOFFS, blockSeconds } from './shadowBlocks.ts';
import { shadowPair } from './shadowPair.ts';
import { trialsOfRoles } from './trialsOfRoles.ts';

/** Names of one workload whose versions are compared at a time, one version each. */
export const MOST_SHADOWS = 2;
/** So many blocks the one that was in charge before goes on beside a new champion, which is on a leash to it. */
export const GUARD_BLOCKS = 28;

/** What the loop of a workload tells; nothing here is waited for. */
export interface ShadowWatch {
  /** The workload's models were fitted on these histories. */
  fitted(config: WorkloadConfig, jobs: readonly SeriesJob[]): void;
  /** An outlook was issued by fitted models. */
  issued(config: WorkloadConfig, jobs: readonly SeriesJob[], cutoffSeconds: number): void;
  /** The truths are known up to an instant. */
  measured(config: WorkloadConfig, actual: ReadonlyMap<string, Series>, knownUntilSeconds: number): void;
  /** Versions gave nonsense in the forecasts that serve; others stood in. */
  benched(config: WorkloadConfig, benched: readonly BenchedModel[]): void;
  /** What forecasts are to be drawn to: a former champion, while it guards the new one. */
  leashes(config: WorkloadConfig): readonly Leash[];
}

export interface ShadowsDeps {
  readonly champions: Champions;
  readonly compute: Pick<Compute, 'shadow'>;
  readonly modelsFolder: string;
  /** Whether who is better comes into charge by itself, or waits for a person. */
  readonly promotion: 'auto' | 'approve';
  readonly cpu: CpuShare;
  readonly nowSeconds: () => number;
  readonly onEvent: (event: FleetEvent) => void;
}

interface Shadowed {
  trials: readonly Trial[];
  /** Pairs whose truths are not all known yet, by name. */
  readonly pairs: Map<string, ForecastPair[]>;
  /** The version that each name's shadow predictors are of. */
  readonly fitted: Map<string, ModelVersion>;
  readonly lastCutoffs: Map<string, number>;
}

/** Lets challengers forecast in shadow beside the champion, and acts on what their trials say. */
export class Shadows implements ShadowWatch {
  readonly #deps: ShadowsDeps;
  readonly #workloads = new Map<string, Promise<Shadowed>>();
  readonly #known = new Map<string, Shadowed>();
  readonly #turns = new Map<string, Promise<void>>();

  constructor(deps: ShadowsDeps) {
    this.#deps = deps;
  }

  fitted(config: WorkloadConfig, jobs: readonly SeriesJob[]): void {
    this.#inTurn(config, async (shadowed) => {
      for (const trial of await this.#current(config, shadowed)) {
        if (trial.kind === 'lastGood' || this.#deps.cpu.hasLeft()) {
          const job = { ...this.#job(config, trial, jobs), fits: true };
          const { seconds } = await this.#ask(config, trial, job);
          this.#deps.cpu.spend(seconds);
          shadowed.fitted.set(trial.name, trial.version);
        } else {
          shadowed.fitted.delete(trial.name);
        }
      }
    });
  }

  issued(config: WorkloadConfig, jobs: readonly SeriesJob[], cutoffSeconds: number): void {
    this.#inTurn(config, async (shadowed) => {
      for (const trial of await this.#current(config, shadowed)) {
        const { name, version } = trial;
        const slot = Math.floor(cutoffSeconds / (blockSeconds(config) / BLOCK_CUTOFFS));
        const isFitted = isSameVersion(shadowed.fitted.get(name) ?? null, version);
        if (!isFitted || shadowed.lastCutoffs.get(name) === slot || !this.#deps.cpu.hasLeft()) {
          continue;
        }
        shadowed.lastCutoffs.set(name, slot);
        const answer = await this.#ask(config, trial, { ...this.#job(config, trial, jobs), fits: false });
        this.#deps.cpu.spend(answer.seconds);
        const { champion, challenger } = onLeash(trial, answer);
        const pair = shadowPair(cutoffSeconds, champion, challenger, blockOf(config, cutoffSeconds).endSeconds);
        if (pair !== undefined) {
          shadowed.pairs.set(name, [...(shadowed.pairs.get(name) ?? []), pair]);
        }
      }
    });
  }

  measured(config: WorkloadConfig, actual: ReadonlyMap<string, Series>, knownUntilSeconds: number): void {
    const known = this.#workloads.has(config.name);
    if (known) {
      this.#inTurn(config, async (shadowed) => {
        for (const [name, pairs] of shadowed.pairs) {
          await this.#score(config, shadowed, name, pairs, actual, knownUntilSeconds);
        }
      });
    }
  }

  benched(config: WorkloadConfig, benched: readonly BenchedModel[]): void {
    this.#inTurn(config, async () => {
      for (const each of benched) {
        await this.#deps.champions.bench(config.name, each);
      }
    });
  }

  leashes(config: WorkloadConfig): readonly Leash[] {
    const shadowed = this.#known.get(config.name);
    return (shadowed?.trials ?? [])
      .filter(({ kind, isOver, name, version }) => {
        return kind === 'lastGood' && !isOver && isSameVersion(shadowed?.fitted.get(name) ?? null, version);
      })
      .map(({ name, version, state }) => ({ name, version, most: leashesOf(state) }));
  }

  /** The trials of a workload as they stand; none where it was not looked at yet. */
  trials(workload: string): readonly Trial[] {
    return this.#known.get(workload)?.trials ?? [];
  }

  /** Whether a version's predictors are fitted beside the champion's. */
  isFitted(workload: string, name: string, version: ModelVersion): boolean {
    return isSameVersion(this.#known.get(workload)?.fitted.get(name) ?? null, version);
  }

  /** Resolves when nothing that was told is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#turns.values());
  }

  forget(workload: string): void {
    this.#workloads.delete(workload);
    this.#known.delete(workload);
  }

  /** Who forecasts in shadow: of each name the former champion while it guards the new one, else the challenger. */
  async #current(config: WorkloadConfig, shadowed: Shadowed): Promise<readonly Trial[]> {
    const { champions } = this.#deps;
    const known =
      champions.known(config.name) ?? (await champions.rolesOf(config.name, ''), champions.known(config.name));
    const trials = trialsOfRoles(config, known, shadowed.trials, this.#deps.nowSeconds());
    shadowed.trials = trials;
    const running = trials.filter(({ isOver }) => !isOver);
    return running
      .filter((each, place) => running.findIndex(({ name }) => name === each.name) === place)
      .slice(0, MOST_SHADOWS);
  }

  async #score(
    config: WorkloadConfig,
    shadowed: Shadowed,
    name: string,
    pairs: readonly ForecastPair[],
    actual: ReadonlyMap<string, Series>,
    knownUntilSeconds: number
  ): Promise<void> {
    const [first] = pairs;
    const block = first && blockOf(config, first.cutoffSeconds);
    if (block === undefined || block.endSeconds > knownUntilSeconds) {
      return;
    }
    const inBlock = pairs.filter(({ cutoffSeconds }) => cutoffSeconds < block.endSeconds);
    shadowed.pairs.set(name, pairs.slice(inBlock.length));
    const trial = (await this.#current(config, shadowed)).find((each) => each.name === name);
    const version = shadowed.fitted.get(name);
    if (trial === undefined || version === undefined || !isSameVersion(version, trial.version)) {
      return;
    }
    const losses = inBlock
      .map((pair) => pairLosses(pair, actual, block.endSeconds))
      .reduce<PairedLosses>((sum, each) => addLosses(sum, each), {});
    await this.#judge(config, shadowed, { ...trial, state: withBlock(trial.state, losses) });
  }

  async #judge(config: WorkloadConfig, shadowed: Shadowed, trial: Trial): Promise<void> {
    const { champions, modelsFolder, promotion } = this.#deps;
    const { name, kind, version, state } = trial;
    const verdict = kind === 'lastGood' ? verdictByDays(state) : verdictOf(state);
    const isOver = kind === 'lastGood' ? verdict === 'better' || state.blocks >= GUARD_BLOCKS : verdict !== 'undecided';
    const told = { ...trial, isOver };
    shadowed.trials = [...shadowed.trials.filter((each) => !(each.name === name && each.kind === kind)), told];
    await writeTrials(join(modelsFolder, config.name), shadowed.trials);
    const why = trialWords(state);
    if (kind === 'lastGood') {
      if (verdict === 'better') {
        await champions.rollBack(config.name, name, { by: BY_HEADROOM, why: `what was in charge before is ${why}` });
      }
    } else if (verdict === 'better' && promotion === 'auto') {
      await champions.promote(config.name, name, { by: BY_HEADROOM, why, version });
    } else if (verdict === 'better') {
      this.#tell('warn', config.name, `${name} ${versionWords(version)} waits for a promotion by a person: ${why}`);
    } else if (verdict !== 'undecided') {
      await champions.retire(config.name, name, why);
    }
  }

  async #ask(config: WorkloadConfig, { name, version }: Trial, job: Parameters<Compute['shadow']>[0]) {
    try {
      const answer = await this.#deps.compute.shadow(job);
      for (const benched of answer.benched) {
        await this.#deps.champions.bench(config.name, benched);
      }
      return answer;
    } catch (error) {
      if (error instanceof HeadroomError && error.code === 'MODEL_ARTEFACT_INVALID') {
        await this.#deps.champions.bench(config.name, { name, version, reason: error.message });
      }
      throw error;
    }
  }

  #job(config: WorkloadConfig, { name, version }: Trial, jobs: readonly SeriesJob[]) {
    const { model, horizonSeconds, stepSeconds, seasonSeconds } = config.forecast;
    return {
      ...{ workload: config.name, model, name, version, series: jobs },
      horizon: horizonSeconds / stepSeconds,
      ...(seasonSeconds === undefined ? {} : { seasonSteps: Math.max(1, Math.round(seasonSeconds / stepSeconds)) }),
      seeds: jobs.map((job) => hashName(`${config.name}/${job.name}`)),
    };
  }

  #of(workload: string): Promise<Shadowed> {
    let found = this.#workloads.get(workload);
    if (found === undefined) {
      found = readTrials(join(this.#deps.modelsFolder, workload)).then((trials) => {
        const shadowed = { trials, pairs: new Map(), fitted: new Map(), lastCutoffs: new Map() };
        this.#known.set(workload, shadowed);
        return shadowed;
      });
      this.#workloads.set(workload, found);
    }
    return found;
  }

  #inTurn(config: WorkloadConfig, task: (shadowed: Shadowed) => Promise<void>): void {
    const before = this.#turns.get(config.name) ?? Promise.resolve();
    const own = before
      .then(async () => task(await this.#of(config.name)))
      .catch((error: unknown) => {
        this.#tell('error', config.name, error instanceof Error ? error.message : String(error), error);
      });
    this.#turns.set(config.name, own);
  }

  #tell(level: FleetEvent['level'], workload: string, message: string, error?: unknown): void {
    const code = error instanceof HeadroomError ? { code: error.code } : {};
    this.#deps.onEvent({ atSeconds: this.#deps.nowSeconds(), level, what: 'shadow', workload, message, ...code });
  }
}

/** The newer of the two as it serves, or would: drawn to the other. */
function onLeash({ kind, state }: Trial, { champion, challenger }: ShadowResult) {
  const most = leashesOf(state);
  const [newer, older] = kind === 'lastGood' ? [champion, challenger] : [challenger, champion];
  const drawn = new Map(
    [...newer].map(([series, forecast]) => {
      const other = older.get(series);
      const isTied = other !== undefined && Object.hasOwn(most, series);
      return [series, isTied ? leashed(forecast, other, most[series]!) : forecast] as const;
    })
  );
  return kind === 'lastGood' ? { champion: drawn, challenger } : { champion, challenger: drawn };
}
