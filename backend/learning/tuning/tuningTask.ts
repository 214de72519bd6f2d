import type { History } from '../../forecasting/index.ts';

/** What a tune is asked to do; plain data, so that another thread or a later process can do it. */
export interface TuningTask {
  readonly workload: string;
  /** The artefact to start from. */
  readonly fromFolder: string;
  /** The artefact that it has to better; the one it starts from unless given. */
  readonly rivalFolder?: string;
  /** How far it goes from its start: a little, or far, with larger steps and made-up series; default a little. */
  readonly reach?: TuningReach;
  /** By name, on one grid, up to the present. */
  readonly series: ReadonlyMap<string, History>;
  /** The steps that will be asked for. */
  readonly horizon: number;
  readonly seasonSteps?: number;
  readonly budget: TuningBudget;
  readonly seed: number;
}

export type TuningReach = 'tune' | 'full';

/** The time of the whole tune on one core, or, reproducible to the bit, how many steps are learnt. */
export type TuningBudget =
  { readonly kind: 'minutes'; readonly minutes: number } | { readonly kind: 'steps'; readonly steps: number };

export interface TuningResult {
  readonly isKept: boolean;
  /** Why it was kept, or not, in words with figures. */
  readonly reason: string;
  readonly name: string;
  /** Of what was kept. */
  readonly version: string | null;
  readonly folder: string | null;
  readonly tunedFrom: string;
  readonly steps: number;
  /** Of learning alone, on one core. */
  readonly seconds: number;
  readonly startLoss: number | null;
  readonly validationLoss: number | null;
  /** CRPS over that of the artefact it has to better, on the end that neither learning nor validation had seen. */
  readonly crpsRatio: number | null;
  readonly series: readonly string[];
  /** Why series were left out, by name. */
  readonly leftOut: Readonly<Record<string, string>>;
}
