import type { ExperimentOutcome } from '../../../contract/index.ts';
import { ERROR_RATE, finiteOrNull, judgementFields, POWER, type TraceSwitchback } from '../../learning/index.ts';
import type { ExperimentOptions } from './experimentOptions.ts';
import type { ExperimentWords } from './experimentText.ts';

export type JsonOptions = Omit<ExperimentOptions, 'outcome' | 'column'> & {
  readonly column: string;
  readonly outcome: ExperimentOutcome;
  readonly unit: string;
};

/** The JSON document of `headroom experiment`; field by field as the API tells of a live test, null where unknown. */
export function experimentJson(
  { trace, column, arms, outcome, unit, seed }: JsonOptions,
  { design, power, outcomes, judgement, alone }: TraceSwitchback,
  words: ExperimentWords,
  warnings: readonly string[]
) {
  const { windowSeconds, burnInSeconds, periodSeconds, blockCount, startSeconds, endSeconds } = design;
  return {
    ...{ trace, column, seed, outcome, unit },
    arms: { a: arms.a.text, b: arms.b.text },
    startsAt: startSeconds,
    endsAt: endSeconds,
    endedAt: judgement.looks.at(-1)?.atSeconds ?? null,
    ...{ windowSeconds, burnInSeconds, periodSeconds, blocks: blockCount, power: POWER, errorRate: ERROR_RATE },
    planned:
      power === undefined
        ? null
        : {
            ...{ mean: power.mean, deviation: power.deviation, autocorrelation: power.autocorrelation },
            points: power.points.map(({ blocks, minimumEffect }) => ({
              days: (blocks * 2 * periodSeconds) / 86_400,
              minimumEffect: finiteOrNull(minimumEffect),
            })),
            words: words.power,
          },
    windows: design.arms.map((arm, window) => ({
      start: startSeconds + window * windowSeconds,
      arm,
      value: finiteOrNull(outcomes.whole[window]),
    })),
    ...judgementFields(judgement),
    verdict: words.verdict,
    alone: { a: finiteOrNull(alone.a), b: finiteOrNull(alone.b), effect: finiteOrNull(alone.b - alone.a) },
    warnings,
  };
}
