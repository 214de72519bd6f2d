import type { Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import { hpaPolicy } from '../policies/hpaPolicy.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';
import { runPolicy, type PolicyRun } from '../runPolicy.ts';
import { scorePolicy } from '../scorePolicy.ts';
import { imitator } from './imitator.ts';
import { isNoWorse } from './isNoWorse.ts';
import { surelyBetter, type PairedDay } from './surelyBetter.ts';

const DAY = 86_400;
/** Days that each have to be no worse together: a week is fair, and yesterday says whether it still holds. */
const JUDGED_DAYS = [7, 1];
/** Days that are looked at for whether it is no accident; a clone has forgotten what is older. */
const PAIRED_DAYS = 28;
const ROWS_A_TURN = 4000;
const NOISE = 1e-9;

/**
 * What came of judging a candidate: `unjudged` where less than a day could be looked at, `unsure` where it was no worse but
 * that may be chance, `better` where it is not.
 */
export type Verdict =
  | { readonly kind: 'unjudged' }
  | {
      readonly kind: 'worse' | 'unsure' | 'better';
      /** Of a policy that is no better, to win as many of the days. */
      readonly probability: number;
    };

const UNJUDGED: Verdict = { kind: 'unjudged' };

function verdictAt(days: readonly PairedDay[], isFair: boolean): Verdict {
  const { probability, isSure } = surelyBetter(days);
  return { kind: !isFair ? 'worse' : isSure ? 'better' : 'unsure', probability };
}

/** A clone, what it proposes, and whether it has earned to be acted on. */
export interface JudgedClone {
  /** The floor that it proposes once `known` rows are known; the minimum as long as it has learnt too little. */
  proposedAfter(known: number): number;
  /** Judged anew each day, counted from the trace's start. */
  dayAt(seconds: number): number;
  verdictOf(day: number): Verdict;
}

/**
 * Clones the demonstrator of `log` (the reactive HPA where there is none) and judges the clone: each day the last seven,
 * as far as it had proposals by then, and the last one by itself are scored with its floor below the HPA and with the HPA
 * alone. It is better where it is no worse in both and over all of the last 28 days, of which it won so many that a sign
 * test takes it for no accident: all of five, nine of ten. Whatever is told of a moment rests on the rows known by then.
 */
export function* judgedClone(
  trace: Series,
  service: ReplayService,
  log: Float64Array | undefined
): Generator<undefined, JudgedClone> {
  const { values, grid } = trace;
  const { stepSeconds, length } = grid;
  const { hpa, min } = service;
  const clock = replayClock(trace, 0, service);
  const outset = needOf(values[0]! / hpa.targetUtilization, service);
  const alone = yield* runPolicy(hpaPolicy(values, service, hpa.targetUtilization, outset), clock, service, outset);
  const clone = imitator(trace, log ?? Float64Array.from(alone.desiredAtRow), service);
  const proposed = new Int32Array(length + 1).fill(min);
  let firstRow = length;
  for (let known = 1; known <= length; known++) {
    const replicas = clone.after(known);
    if (!Number.isNaN(replicas)) {
      proposed[known] = Math.round(replicas);
      firstRow = Math.min(firstRow, known);
    }
    if (known % ROWS_A_TURN === 0) {
      yield;
    }
  }
  let known = 0;
  const floored = hpaPolicy(values, service, hpa.targetUtilization, outset, () => proposed[known]!);
  const candidate = yield* runPolicy(
    {
      decide(moment) {
        known = moment.known;
        return floored.decide(moment);
      },
    },
    clock,
    service,
    outset
  );
  const scoreOf = ({ desired, desiredAtRow, readyAtRow }: PolicyRun, from: number, to: number) =>
    scorePolicy(
      {
        desired: desired.subarray(clock.tickOf(from), clock.tickOf(to)),
        desiredAtRow: desiredAtRow.subarray(from, to),
        readyAtRow: readyAtRow.subarray(from, to),
      },
      values.subarray(from, to),
      stepSeconds,
      service
    );
  /** The whole days before a row, as far as there were proposals. */
  const pairedDays = (to: number): readonly PairedDay[] => {
    const days: PairedDay[] = [];
    for (let back = 1; back <= PAIRED_DAYS; back++) {
      const [from, until] = [back, back - 1].map((day) => to - Math.round((day * DAY) / stepSeconds));
      if (from! < firstRow) {
        break;
      }
      if (!values.subarray(from, until).every(Number.isNaN)) {
        days.push({ candidate: scoreOf(candidate, from!, until!), alone: scoreOf(alone, from!, until!) });
      }
    }
    return days;
  };
  const verdicts: Verdict[] = [];
  for (let day = 0; day * DAY < length * stepSeconds; day++) {
    const row = Math.floor((day * DAY) / stepSeconds + NOISE);
    const to = Math.max(0, Math.min(row, row + 1 - Math.ceil(service.metricLagSeconds / stepSeconds - NOISE)));
    const from = Math.max(firstRow, to - Math.round(DAY / stepSeconds));
    const isShown = (to - from) * stepSeconds >= DAY - stepSeconds && !values.subarray(from, to).every(Number.isNaN);
    const since = (days: number): number => Math.max(firstRow, to - Math.round((days * DAY) / stepSeconds));
    const isFair = (days: number): boolean =>
      isNoWorse(scoreOf(candidate, since(days), to), scoreOf(alone, since(days), to));
    verdicts.push(isShown ? verdictAt(pairedDays(to), [...JUDGED_DAYS, PAIRED_DAYS].every(isFair)) : UNJUDGED);
  }
  return {
    proposedAfter: (rows) => proposed[rows]!,
    dayAt: (seconds) => Math.min(verdicts.length - 1, Math.floor((seconds - grid.startSeconds) / DAY + NOISE)),
    verdictOf: (day) => verdicts[day]!,
  };
}
