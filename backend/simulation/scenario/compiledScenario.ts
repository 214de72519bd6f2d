import type { Envelope } from './envelope.ts';

/** What a scenario may act on: the columns of a simulation and its time. */
export interface ScenarioContext {
  /** The name of the demand, series 0; `demand` means it too. */
  readonly demand: string;
  /** The names of the resources, series 1 and on; `resources` means all of them. */
  readonly resources: readonly string[];
  readonly stepSeconds: number;
  readonly stepCount: number;
}

/** One intervention, checked and in numbers: `x` becomes `x * (1 + (factor - 1) * s) + (add + flood * typical) * s`. */
export interface CompiledIntervention {
  /** Series 0 is demand, the next are resources; `replicas` is usable capacity, in replicas. */
  readonly target: 'replicas' | readonly number[];
  readonly factor: number;
  readonly add: number;
  /** Added load in units of the target's typical level, the mean of its median over the horizon. */
  readonly flood: number;
  readonly probability: number;
  /** Seconds after the cutoff; a range is drawn from evenly. */
  readonly startSeconds: readonly [earliest: number, latest: number];
  readonly envelope: Envelope;
}

/** A scenario ready to run. */
export interface CompiledScenario {
  readonly name: string;
  readonly interventions: readonly CompiledIntervention[];
}
