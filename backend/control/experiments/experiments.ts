import type {
  Experiment,
  ExperimentPlanRequest,
  ExperimentPower,
  ExperimentRequest,
  Mode,
  TriedSetting,
} from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { designSwitchback, windowAt, type SwitchbackWindow } from '../../learning/index.ts';
import type { Storage } from '../../storage/index.ts';
import { HEADROOM } from '../acting/actorDeps.ts';
import type { FleetHooks } from '../fleetHooks.ts';
import type { WorkloadView } from '../fleetView.ts';
import { experimentDesign, experimentPower } from './experimentDesign.ts';
import { experimentRecordSchema, type ExperimentRecord } from './experimentRecord.ts';
import { experimentView, judgeRecord } from './experimentView.ts';
import { recordedWindows } from './recordedWindows.ts';
import { harmIn } from './windowRecord.ts';
import { obstacleTo } from './obstacleTo.ts';
import { testedArms, whyArmsChanged, type TestedArmsDeps } from './testedArms.ts';
import { armWords, type ArmSetting } from './armSetting.ts';
import { outcomeSeries } from './outcomeSeries.ts';
import { Turns } from '../turns.ts';

const PREFIX = 'experiment/';
/** Measurements of a window may come so late. */
const LATE_STEPS = 2;
/** Longer than this between two looks, nobody knows what was in force. */
const UNSEEN_SECONDS = 300;
const DEFAULT_WORST_SHARE = 0.1;

export interface ExperimentsDeps extends TestedArmsDeps {
  readonly storage: Storage;
  readonly workload: (name: string) => WorkloadView | undefined;
  readonly modeOf: (config: WorkloadConfig) => Mode;
  readonly isPaused: (workload: string) => boolean;
  readonly nowSeconds: () => number;
  readonly createId: () => string;
  readonly hooks: Pick<FleetHooks, 'event'>;
}

/**
 * Tests that alternate risk, policy or model of a workload by the clock. What is in force is read off the clock and the kept design, so
 * that at the end, on a stop and after a crash without a record it is the declared one, with nothing to put back.
 */
export class Experiments {
  readonly #deps: ExperimentsDeps;
  readonly #records = new Map<string, ExperimentRecord>();
  /** Why windows that are not recorded yet do not count, by test and window. */
  readonly #voids = new Map<string, Map<number, string>>();
  #seenSeconds: number | undefined;
  readonly #turns = new Turns();

  constructor(deps: ExperimentsDeps) {
    this.#deps = deps;
  }

  /** Takes up what the storage kept; a record that cannot be read is left out, and its workload runs as declared. */
  async restore(): Promise<void> {
    for (const [key, value] of await this.#deps.storage.settings(PREFIX)) {
      const parsed = experimentRecordSchema.safeParse(value);
      if (parsed.success) {
        this.#records.set(parsed.data.id, parsed.data);
      } else {
        this.#tell(`the stored test ${key.slice(PREFIX.length)} cannot be read and is left out`);
      }
    }
  }

  /** What is tried on a workload at this moment; undefined where everything is as declared. */
  testedOf(config: WorkloadConfig): ArmSetting | undefined {
    const record = this.#running(config.name);
    const now = this.#deps.nowSeconds();
    const window = record && windowAt(designSwitchback(record.plan), now);
    // A pause or a freeze is not for testing in: the window is void, and runs as declared.
    return record === undefined || window?.arm !== 'b' || obstacleTo(config, now, this.#deps) !== undefined
      ? undefined
      : record.arms.b;
  }

  /** The risk in force for a workload: that of its test's present window, the declared one without a test. */
  riskOf(config: WorkloadConfig): number {
    const tested = this.testedOf(config);
    return tested !== undefined && 'risk' in tested ? tested.risk : config.scaling.risk;
  }

  list(): Experiment[] {
    const now = this.#deps.nowSeconds();
    return [...this.#records.values()]
      .sort((a, b) => b.createdAt - a.createdAt)
      .map((record) => experimentView(record, now));
  }

  experiment(id: string): Experiment {
    return experimentView(this.#record(id), this.#deps.nowSeconds());
  }

  /**
   * What a test would find; null where the past is too short.
   *
   * Throws API_NOT_FOUND, EXPERIMENT_INVALID, and EXPERIMENT_IMPOSSIBLE where `b` is named and cannot be tried.
   */
  async plan(asked: ExperimentPlanRequest): Promise<ExperimentPower | null> {
    const view = this.#view(asked.workload);
    const shape = experimentDesign(view, asked);
    if (asked.b !== undefined) {
      await this.#arms(view, asked.b);
    }
    return experimentPower(view, shape);
  }

  /** Starts a test at the next window; throws EXPERIMENT_IMPOSSIBLE, EXPERIMENT_RUNNING and what `plan` throws. */
  start(asked: ExperimentRequest, who: string): Promise<Experiment> {
    return this.#turns.take(async () => {
      const { createId, nowSeconds, storage } = this.#deps;
      const view = this.#view(asked.workload);
      const { name } = view.config;
      const running = this.#running(name);
      if (running !== undefined) {
        throw new HeadroomError('EXPERIMENT_RUNNING', { workload: name, id: running.id });
      }
      const now = nowSeconds();
      const shape = experimentDesign(view, asked);
      const arms = await this.#arms(view, asked.b);
      const reason = obstacleTo(view.config, now, this.#deps);
      if (reason !== undefined || outcomeSeries(view, shape.outcome) === undefined) {
        throw new HeadroomError('EXPERIMENT_IMPOSSIBLE', {
          workload: name,
          reason: reason ?? 'demand, its capacity and ready replicas have to be measured',
        });
      }
      const { windowSeconds, burnInSeconds, periodSeconds, blockCount, outcome, unit } = shape;
      const id = createId();
      const record: ExperimentRecord = {
        ...{ id, workload: name, state: 'running', who, reason: asked.reason, createdAt: now },
        ...{ endedAt: null, endedBecause: null, arms, outcome, unit },
        plan: {
          startSeconds: Math.ceil(now / windowSeconds) * windowSeconds,
          ...{ windowSeconds, burnInSeconds, periodSeconds, blockCount },
          seed: asked.seed ?? Math.floor(now),
        },
        worstShare: asked.guard?.violationShare ?? DEFAULT_WORST_SHARE,
        power: experimentPower(view, shape),
        windows: [],
      };
      await storage.setSetting(`${PREFIX}${id}`, record);
      this.#records.set(id, record);
      await this.#recorded(record, who, `started: ${asked.reason}`, 'running');
      return experimentView(record, now);
    });
  }

  /** Ends a test; the declared risk is in force at once. Throws API_NOT_FOUND and EXPERIMENT_OVER. */
  stop(id: string, who: string, reason: string): Promise<Experiment> {
    return this.#turns.take(async () => {
      const record = this.#record(id);
      if (record.state !== 'running') {
        throw new HeadroomError('EXPERIMENT_OVER', { id, reason: record.endedBecause ?? record.state });
      }
      await this.#end(record, 'stopped', `${who} stopped it: ${reason}`, who);
      return this.experiment(id);
    });
  }

  /** One look at every test that runs: windows that are over, the guard, the verdict. */
  turn(): Promise<void> {
    return this.#turns.take(async () => {
      const now = this.#deps.nowSeconds();
      for (const record of [...this.#records.values()].filter(({ state }) => state === 'running')) {
        try {
          await this.#look(record, now);
        } catch (error) {
          this.#tell(error instanceof Error ? error.message : String(error), record.workload);
        }
      }
      this.#seenSeconds = now;
    });
  }

  async #look(record: ExperimentRecord, now: number): Promise<void> {
    const { plan, workload, id } = record;
    const view = this.#deps.workload(workload);
    const ended = await this.#whyStopped(record, view);
    if (view === undefined || ended !== undefined) {
      await this.#end(record, 'stopped', ended ?? 'The workload is gone.', HEADROOM);
      return;
    }
    const design = designSwitchback(plan);
    const window = windowAt(design, now);
    const obstacle = obstacleTo(view.config, now, this.#deps) ?? whyNotTried(record, view, window, now);
    const isUnseen = this.#seenSeconds === undefined || now - this.#seenSeconds > UNSEEN_SECONDS;
    if (window !== undefined && (obstacle !== undefined || isUnseen)) {
      const voids = this.#voids.get(id) ?? new Map<number, string>();
      this.#voids.set(id, voids.set(window.index, obstacle ?? 'Headroom was not there all the time'));
    }
    const measured = outcomeSeries(view, record.outcome);
    if (measured === undefined) {
      return;
    }
    const harm = window && harmIn(measured, window, record);
    if (harm !== undefined) {
      await this.#end(record, 'harmful', harm, HEADROOM);
      return;
    }
    const windows = recordedWindows(record, measured, design, {
      nowSeconds: now,
      lateSeconds: LATE_STEPS * view.config.forecast.stepSeconds,
      voidOf: ({ index, endSeconds }, lateSeconds) => {
        const isOld = isUnseen && endSeconds + lateSeconds + UNSEEN_SECONDS <= now;
        const reason = this.#voids.get(id)?.get(index) ?? (isOld ? 'Headroom was not there all the time' : null);
        this.#voids.get(id)?.delete(index);
        return reason;
      },
    });
    if (windows.length > record.windows.length) {
      const grown = { ...record, windows };
      await this.#keep(grown);
      const { judgement } = judgeRecord(grown, now);
      if (judgement.isOver) {
        const because = judgement.lower === undefined ? 'It came to its planned end.' : 'A difference was found.';
        await this.#end(grown, 'done', because, HEADROOM);
      }
    }
  }

  /** Why a test that runs can't go on. */
  async #whyStopped({ arms }: ExperimentRecord, view: WorkloadView | undefined): Promise<string | undefined> {
    if (view === undefined) {
      return 'The workload is gone.';
    }
    const mode = this.#deps.modeOf(view.config);
    return mode === 'auto'
      ? whyArmsChanged(view.config, arms, this.#deps)
      : `The mode is ${mode} now: nothing is tried in it.`;
  }

  async #arms({ config }: WorkloadView, b: TriedSetting): Promise<ExperimentRecord['arms']> {
    const found = await testedArms(config, b, this.#deps);
    if (found.kind === 'obstacle') {
      throw new HeadroomError('EXPERIMENT_IMPOSSIBLE', { workload: config.name, reason: found.reason });
    }
    return { a: found.a, b: found.b };
  }

  async #end(
    record: ExperimentRecord,
    state: ExperimentRecord['state'],
    endedBecause: string,
    who: string
  ): Promise<void> {
    const ended = { ...record, state, endedBecause, endedAt: this.#deps.nowSeconds() };
    // In force at once: what the storage refuses must not keep it alternating.
    this.#records.set(record.id, ended);
    this.#voids.delete(record.id);
    await this.#keep(ended);
    await this.#recorded(ended, who, endedBecause, state);
  }

  async #keep(record: ExperimentRecord): Promise<void> {
    this.#records.set(record.id, record);
    await this.#deps.storage.setSetting(`${PREFIX}${record.id}`, record);
  }

  async #recorded(record: ExperimentRecord, who: string, why: string, outcome: string): Promise<void> {
    const { id, workload, arms, plan } = record;
    await this.#deps.storage.appendDecision({
      ...{ id: `experiment/${id}/${outcome}`, at: this.#deps.nowSeconds(), who, what: 'experiment', workload },
      why: [`Test ${id}: ${why}`],
      ...{ before: arms.a, after: { ...arms, plan }, outcome },
    });
    this.#tell(`test ${id} of ${armWords(arms.a)} against ${armWords(arms.b)}: ${why}`, workload, 'info');
  }

  #running(workload: string): ExperimentRecord | undefined {
    for (const record of this.#records.values()) {
      if (record.workload === workload && record.state === 'running') {
        return record;
      }
    }
    return undefined;
  }

  #record(id: string): ExperimentRecord {
    const record = this.#records.get(id);
    if (record === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'test', name: id, list: '/api/v1/experiments' });
    }
    return record;
  }

  #view(name: string): WorkloadView {
    const view = this.#deps.workload(name);
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
    }
    return view;
  }

  #tell(message: string, workload?: string, level: 'info' | 'warn' = 'warn'): void {
    this.#deps.hooks.event({
      ...{ atSeconds: this.#deps.nowSeconds(), level, what: 'experiment', message },
      ...(workload === undefined ? {} : { workload }),
    });
  }
}

/** Why a window of `b` does not count: the model that is tried had no forecast once the burn-in was over. */
function whyNotTried(
  { plan }: ExperimentRecord,
  { tested }: WorkloadView,
  window: SwitchbackWindow | undefined,
  nowSeconds: number
): string | undefined {
  const isCounted = window?.arm === 'b' && nowSeconds >= window.startSeconds + plan.burnInSeconds;
  return isCounted && tested?.isInForce === false ? 'the challenger had no forecast' : undefined;
}
