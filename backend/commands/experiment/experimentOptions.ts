import { experimentOutcomeSchema, type ExperimentOutcome } from '../../../contract/index.ts';
import { OptionValues } from '../forecasting/optionValues.ts';
import { askedArm, type AskedArm } from './askedArm.ts';

/** What commander hands over. */
export interface RawExperimentOptions {
  readonly trace: string;
  readonly column?: string;
  readonly service: string;
  readonly a: string;
  readonly b: string;
  readonly outcome?: string;
  readonly window?: string;
  readonly burnIn?: string;
  readonly period: string;
  readonly days?: string;
  readonly warmup: string;
  readonly before: string;
  readonly artefacts?: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface ExperimentOptions {
  readonly trace: string;
  readonly column: string | undefined;
  readonly service: string;
  readonly arms: { readonly a: AskedArm; readonly b: AskedArm };
  readonly outcome: ExperimentOutcome | undefined;
  readonly window: string | undefined;
  readonly burnIn: string | undefined;
  readonly period: 'day' | 'week';
  readonly days: number | undefined;
  readonly warmupSeconds: number;
  readonly beforeSeconds: number;
  readonly artefacts: string | undefined;
  readonly seed: number;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

/** Checks the options of `headroom experiment`; throws USAGE with the one that is wrong. */
export function experimentOptions(raw: RawExperimentOptions): ExperimentOptions {
  const values = new OptionValues('experiment');
  const { period } = raw;
  if (period !== 'day' && period !== 'week') {
    values.fail(`--period must be day or week, not ${period}`);
  }
  const outcome = experimentOutcomeSchema.optional().safeParse(raw.outcome);
  if (!outcome.success) {
    values.fail(`--outcome must be cost, replicas or violations, not ${String(raw.outcome)}`);
  }
  if (raw.a === raw.b) {
    values.fail('--a and --b are the same');
  }
  return {
    ...{ trace: raw.trace, column: raw.column, service: raw.service, artefacts: raw.artefacts },
    arms: { a: askedArm('--a', raw.a, values), b: askedArm('--b', raw.b, values) },
    outcome: outcome.data,
    ...{ window: raw.window, burnIn: raw.burnIn, period: period as 'day' | 'week' },
    days: raw.days === undefined ? undefined : values.whole('--days', raw.days, 2, 366),
    warmupSeconds: values.duration('--warmup', raw.warmup),
    beforeSeconds: values.duration('--before', raw.before),
    seed: values.whole('--seed', raw.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    ...{ isJson: raw.json === true, isQuiet: raw.quiet === true },
  };
}
