import type { ExperimentOutcome } from '../../../contract/index.ts';
import { ERROR_RATE, POWER, type TraceSwitchback } from '../../learning/index.ts';
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
              minimumEffect: known(minimumEffect),
            })),
            words: words.power,
          },
    windows: design.arms.map((arm, window) => ({
      start: startSeconds + window * windowSeconds,
      arm,
      value: known(outcomes.whole[window]),
    })),
    looks: judgement.looks.map(({ atSeconds, bound, interval }) => ({
      at: atSeconds,
      pairs: interval?.pairs ?? 0,
      effect: known(interval?.effect),
      low: known(interval?.low),
      high: known(interval?.high),
      bound: known(bound),
    })),
    lower: judgement.lower ?? null,
    means: judgement.means ?? null,
    carryOver: judgement.carryOver ?? null,
    missingShare: judgement.missingShare,
    verdict: words.verdict,
    alone: { a: known(alone.a), b: known(alone.b), effect: known(alone.b - alone.a) },
    warnings,
  };
}

function known(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
