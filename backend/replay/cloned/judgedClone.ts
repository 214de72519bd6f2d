import type { Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import { hpaPolicy } from '../policies/hpaPolicy.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';
import { runPolicy, type PolicyRun } from '../runPolicy.ts';
import { scorePolicy } from '../scorePolicy.ts';
import { imitator } from './imitator.ts';
import { isNoWorse } from './isNoWorse.ts';

const DAY = 86_400;
/** Days that each have to be no worse together: a week is fair, and yesterday says whether it still holds. */
const JUDGED_DAYS = [7, 1];
const ROWS_A_TURN = 4000;
const NOISE = 1e-9;

/** What came of judging a candidate; `unjudged` where less than a day could be looked at. */
export type Verdict = 'unjudged' | 'worse' | 'noWorse';

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
 * alone. Whatever is told of
 * a moment rests on the rows known by then.
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
  const verdicts: Verdict[] = [];
  for (let day = 0; day * DAY < length * stepSeconds; day++) {
    const row = Math.floor((day * DAY) / stepSeconds + NOISE);
    const to = Math.max(0, Math.min(row, row + 1 - Math.ceil(service.metricLagSeconds / stepSeconds - NOISE)));
    const from = Math.max(firstRow, to - Math.round(DAY / stepSeconds));
    const isShown = (to - from) * stepSeconds >= DAY - stepSeconds && !values.subarray(from, to).every(Number.isNaN);
    const isFair = (days: number): boolean => {
      const first = Math.max(firstRow, to - Math.round((days * DAY) / stepSeconds));
      return isNoWorse(scoreOf(candidate, first, to), scoreOf(alone, first, to));
    };
    verdicts.push(!isShown ? 'unjudged' : JUDGED_DAYS.every(isFair) ? 'noWorse' : 'worse');
  }
  return {
    proposedAfter: (rows) => proposed[rows]!,
    dayAt: (seconds) => Math.min(verdicts.length - 1, Math.floor((seconds - grid.startSeconds) / DAY + NOISE)),
    verdictOf: (day) => verdicts[day]!,
  };
}
