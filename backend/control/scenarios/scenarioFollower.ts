import { z } from 'zod';
import type { Scenario } from '../../../contract/index.ts';
import type { AssessedScenarios, ScenariosAssessment } from '../../allocation/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import {
  compileScenario,
  followScenarios,
  isSameDay,
  learntPriors,
  newTally,
  scenarioPriors,
  withDay,
  withStep,
  type CompiledScenario,
  type DayTally,
  type FollowedDays,
  type PresentProfile,
} from '../../simulation/index.ts';
import type { Storage } from '../../storage/index.ts';
import { gridEnd, gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';
import { BASELINE, type ScenariosView } from './scenariosView.ts';

const KEPT_POINTS = 288;
/** The baseline leads where it keeps this share of its prior: only then may the present be compared with a newer forecast. */
const CALM_SHARE = 0.8;

const numbers = z.array(z.number());
const stateSchema = z.object({
  /** The scenarios that the weights are of: others begin anew. */
  key: z.string(),
  weights: numbers,
  /** Of the standing recommendation. */
  standing: numbers,
  untilSeconds: z.number(),
  history: z.array(z.object({ at: z.number(), weights: numbers })),
  /** On how many days the present followed each scenario; absent in what was kept before they were counted. */
  days: z.array(z.object({ followed: z.number().min(0), decided: z.number().min(0) })).default([]),
  today: z
    .object({ day: z.int(), steps: z.int().min(0), led: numbers, low: numbers })
    .nullable()
    .default(null),
  profile: z
    .object({
      grid: z.object({ startSeconds: z.number(), stepSeconds: z.number().positive(), length: z.int().min(0) }),
      series: z.array(z.string()),
      hypotheses: z.array(z.string()),
      values: z.array(z.array(z.array(z.array(z.number())))),
    })
    .nullable(),
});

interface State extends Omit<z.infer<typeof stateSchema>, 'days' | 'today'> {
  readonly days: readonly FollowedDays[];
  readonly today: DayTally | null;
}

interface Known {
  readonly scenarios: readonly Scenario[];
  readonly compiled: readonly CompiledScenario[];
  /** As declared. */
  readonly declared: readonly number[];
  /** With what the past showed of them. */
  readonly priors: readonly number[];
}

export interface ScenarioFollowerDeps {
  readonly storage: Pick<Storage, 'setting' | 'setSetting'>;
  readonly scenario: (name: string) => Scenario | undefined;
}

/** The key under which a workload's weights are kept. */
export function scenarioWeightsKey(workload: string): string {
  return `scenario-weights/${workload}`;
}

/** The scenarios that one workload keeps, and how far its present follows each. */
export class ScenarioFollower {
  readonly #config: WorkloadConfig;
  readonly #deps: ScenarioFollowerDeps;
  #known: Known = { scenarios: [], compiled: [], declared: [1], priors: [1] };
  #warnings: readonly string[] = [];
  #state: State | undefined;
  #assessed: ScenariosAssessment | undefined;

  constructor(config: WorkloadConfig, deps: ScenarioFollowerDeps) {
    this.#config = config;
    this.#deps = deps;
  }

  /** Takes up the weights that were kept; what cannot be read begins anew. */
  async restore(): Promise<void> {
    if (this.#config.scenarios.length > 0) {
      const parsed = stateSchema.safeParse(await this.#deps.storage.setting(scenarioWeightsKey(this.#config.name)));
      this.#state = parsed.success ? parsed.data : undefined;
      this.#resolve();
    }
  }

  /** Follows what was measured up to `endSeconds`; resolves with what an assessment is to reckon with. */
  follow(actual: ReadonlyMap<string, Series>, endSeconds: number): AssessedScenarios | undefined {
    const { demand } = this.#config;
    if (this.#config.scenarios.length === 0 || demand === undefined) {
      return undefined;
    }
    this.#resolve();
    const { compiled } = this.#known;
    if (compiled.length === 0) {
      return undefined;
    }
    this.#state = this.#advance(this.#current(endSeconds), actual, endSeconds);
    this.#learn();
    const { weights, standing } = this.#state;
    const { priors } = this.#known;
    return {
      demand,
      scenarios: compiled.map((scenario, index) => ({
        scenario,
        weight: weights[index + 1]!,
        prior: priors[index + 1]!,
        former: standing[index + 1]!,
      })),
    };
  }

  /** Takes what was foreseen, as what the present is compared with too where the baseline leads. */
  foreseen(assessed: ScenariosAssessment | undefined, isNewAdvice: boolean): void {
    this.#assessed = assessed;
    const state = this.#state;
    if (assessed === undefined || state === undefined) {
      return;
    }
    const { profile } = state;
    const isCalm = state.weights[0]! >= CALM_SHARE * this.#known.priors[0]!;
    const isOver = profile === null || state.untilSeconds >= gridEnd(profile.grid);
    this.#state = {
      ...state,
      standing: isNewAdvice ? state.weights : state.standing,
      profile: isCalm || isOver ? stored(assessed.profile) : profile,
    };
  }

  /** Keeps the weights; rejects as the storage does. */
  async save(): Promise<void> {
    if (this.#state !== undefined) {
      await this.#deps.storage.setSetting(scenarioWeightsKey(this.#config.name), this.#state);
    }
  }

  warnings(): readonly string[] {
    return [...this.#warnings, ...(this.#assessed?.warnings ?? [])];
  }

  /** `undefined` where the workload keeps none. */
  view(): ScenariosView | undefined {
    const state = this.#state;
    const { scenarios, priors, declared } = this.#known;
    if (scenarios.length === 0 || state === undefined || state.key !== keyOf(this.#known)) {
      return undefined;
    }
    return {
      names: [BASELINE, ...scenarios.map(({ name }) => name)],
      priors,
      declared,
      days: [null, ...scenarios.map((_, index) => state.days[index] ?? { followed: 0, decided: 0 })],
      weights: state.weights,
      atSeconds: state.untilSeconds,
      history: state.history,
      outlooks: this.#assessed?.outlooks ?? [],
    };
  }

  #resolve(): void {
    const { scenarios: names, forecast, series, demand } = this.#config;
    const warnings: string[] = [];
    const scenarios: Scenario[] = [];
    const compiled: CompiledScenario[] = [];
    for (const name of demand === undefined ? [] : names) {
      const scenario = this.#deps.scenario(name);
      if (scenario === undefined) {
        warnings.push(`The scenario ${name} is not known: it neither ships nor is it stored`);
        continue;
      }
      try {
        compiled.push(
          compileScenario(scenario, {
            demand: demand!,
            resources: series.filter(({ kind }) => kind === 'resource').map((one) => one.name),
            stepSeconds: forecast.stepSeconds,
            stepCount: forecast.horizonSeconds / forecast.stepSeconds,
          })
        );
        scenarios.push(scenario);
      } catch (error) {
        if (!(error instanceof HeadroomError)) {
          throw error;
        }
        warnings.push(`The scenario ${name} is left out: ${error.message}`);
      }
    }
    const declared = scenarioPriors(scenarios);
    this.#known = { scenarios, compiled, declared, priors: declared };
    this.#warnings = warnings;
    this.#learn();
  }

  /** The priors by the days that were counted of these scenarios. */
  #learn(): void {
    const { declared } = this.#known;
    const days = this.#state?.key === keyOf(this.#known) ? this.#state.days : [];
    this.#known = { ...this.#known, priors: learntPriors(declared, days) };
  }

  #current(endSeconds: number): State {
    const key = keyOf(this.#known);
    if (this.#state?.key === key && this.#state.weights.length === this.#known.priors.length) {
      return this.#state;
    }
    const priors = [...this.#known.priors];
    return {
      ...{ key, weights: priors, standing: priors, untilSeconds: endSeconds, history: [] },
      ...{ days: [], today: null, profile: null },
    };
  }

  #advance(state: State, actual: ReadonlyMap<string, Series>, endSeconds: number): State {
    const { profile } = state;
    const { priors } = this.#known;
    if (profile === null) {
      return { ...state, untilSeconds: endSeconds };
    }
    const { stepSeconds } = this.#config.forecast;
    let { weights, days }: Pick<State, 'weights' | 'days'> = state;
    let today: DayTally | null = state.today;
    const points: State['history'] = [];
    for (let step = 0; step < profile.grid.length; step++) {
      const at = timeAt(profile.grid, step);
      if (at > state.untilSeconds && at <= endSeconds) {
        const measured = profile.series.map((name) => valueAt(actual.get(name), at));
        weights = followScenarios(weights, priors, profile, step, measured);
        points.push({ at, weights });
        if (today !== null && !isSameDay(today, at)) {
          days = withDay(days, today, stepSeconds);
          today = null;
        }
        today ??= newTally(at, priors.length - 1);
        today = measured.some(Number.isFinite) ? withStep(today, weights, priors) : today;
      }
    }
    return {
      ...state,
      ...{ weights, days, today },
      untilSeconds: Math.max(state.untilSeconds, endSeconds),
      history: [...state.history, ...points].slice(-KEPT_POINTS),
    };
  }
}

function keyOf({ scenarios }: Known): string {
  return JSON.stringify(scenarios);
}

function valueAt(series: Series | undefined, atSeconds: number): number {
  const index = series === undefined ? -1 : gridIndexAt(series.grid, atSeconds);
  return series === undefined || timeAt(series.grid, index) !== atSeconds
    ? Number.NaN
    : (series.values[index] ?? Number.NaN);
}

function stored(profile: PresentProfile): NonNullable<State['profile']> {
  return {
    grid: { ...profile.grid },
    series: [...profile.series],
    hypotheses: [...profile.hypotheses],
    values: profile.values.map((one) => one.map((levels) => levels.map((row) => [...row]))),
  };
}
