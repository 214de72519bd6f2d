import type { CompiledScenario, PresentProfile } from '../../simulation/index.ts';
import type { TimeGrid } from '../../timeseries/index.ts';

/** A scenario of the mixture that a plan is made for. */
export interface WeightedScenario {
  readonly scenario: CompiledScenario;
  readonly weight: number;
  readonly prior: number;
  /** What it weighed when the standing recommendation was made. */
  readonly former: number;
}

/** The scenarios that a workload keeps; what their weights leave below 1 is the baseline's. */
export interface AssessedScenarios {
  /** The series whose changes the resources follow. */
  readonly demand: string;
  readonly scenarios: readonly WeightedScenario[];
}

/** What is foreseen of one series in a scenario; arrays on the outlook's grid, NaN at the cutoff. */
export interface ScenarioSeries {
  readonly name: string;
  readonly unit: string;
  readonly levels: readonly number[];
  /** `[level][step]`. */
  readonly values: Float64Array;
  /** `[step]`; absent without a capacity. */
  readonly shortfall?: Float64Array;
}

/** What is foreseen in one scenario. */
export interface ScenarioOutlook {
  readonly name: string;
  readonly grid: TimeGrid;
  readonly series: readonly ScenarioSeries[];
  /** Of any series with a capacity, `[step]`. */
  readonly anyShortfall?: Float64Array;
}

export interface ScenariosAssessment {
  readonly outlooks: readonly ScenarioOutlook[];
  /** What the present can be compared with from here on. */
  readonly profile: PresentProfile;
  readonly warnings: readonly string[];
}
