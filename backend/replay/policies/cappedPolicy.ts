import { replicaStack, shortfallWeight, type ReplicaStack } from '../../scaling/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { CapJudge, CapVerdict } from '../capped/capJudge.ts';
import { needOf } from '../needOf.ts';
import type { ReplayMoment, ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

const NOISE = 1e-6;

/** How the cap fared: how often it was judged, and what came of it. */
export interface CapUse {
  /** Days on which there was a past to judge, and of these those on which the cap was in force. */
  readonly judgedDays: number;
  readonly inForceDays: number;
  /** Since when it is in force, in Unix seconds; null where it is not. */
  readonly inForceSince: number | null;
  /** Of all decisions, those that asked for less than the floor would have. */
  readonly loweredShare: number;
}

/** A policy that tells how its cap was used so far. */
export interface CappedPolicy extends ReplayPolicy {
  readonly use: () => CapUse;
}

export interface CappedSetting {
  /** The forecast's floor below a relaxed HPA. */
  readonly floored: ReplayPolicy;
  /** The HPA alone, at its own target. */
  readonly alone: ReplayPolicy;
  readonly judge: CapJudge;
  /** The price of a shortfall once `known` rows are known, in replicas for one row. */
  readonly priceAt: (known: number) => number;
  /** The row of the first decision. */
  readonly firstRow: number;
}

/** What one of the two would have asked for by itself. */
interface Shadow {
  readonly policy: ReplayPolicy;
  stack: ReplicaStack;
  decide(moment: ReplayMoment, isFirst: boolean): number;
}

/**
 * Headroom's floor, and on days after the cap was judged worth it never more than the HPA alone would ask for.
 *
 * Both go on by themselves all the time, so what is judged does not depend on what was acted on.
 */
export function cappedPolicy(
  trace: Series,
  service: ReplayService,
  { floored, alone, judge, priceAt, firstRow }: CappedSetting
): CappedPolicy {
  const { startSeconds, stepSeconds, length } = trace.grid;
  const { perReplica, hpa, min, max } = service;
  const both = [floored, alone].map((policy) => shadow(policy));
  const readyAtRow = both.map(() => new Int32Array(length - firstRow));
  const rowSeconds = (row: number): number => startSeconds + row * stepSeconds;
  let nextRow = firstRow;
  let judgedRow = firstRow;
  let latestDay = -1;
  let verdict: CapVerdict = 'unjudged';
  let inForceSince: number | null = null;
  let [judgedDays, inForceDays, decisions, lowered] = [0, 0, 0, 0];

  function shadow(policy: ReplayPolicy): Shadow {
    return {
      policy,
      stack: replicaStack(service.startSeconds, min),
      decide(moment, isFirst) {
        const { nowSeconds } = moment;
        const own = isFirst
          ? moment
          : { ...moment, current: this.stack.desired, ready: this.stack.readyAt(nowSeconds) };
        const decided = Math.max(min, Math.min(max, policy.decide(own)));
        if (isFirst) {
          this.stack = replicaStack(service.startSeconds, decided);
        }
        this.stack.decide(nowSeconds, decided);
        return decided;
      },
    };
  }

  function judgeUntil(known: number): void {
    for (; judgedRow < Math.min(known, nextRow); judgedRow++) {
      const value = trace.values[judgedRow]!;
      const [flooredShort, aloneShort] = readyAtRow.map((ready) => value > ready[judgedRow - firstRow]! * perReplica);
      judge.noteRow(rowSeconds(judgedRow), flooredShort!, aloneShort!, shortfallWeight(needOf(value, service)));
    }
  }

  return {
    decide(moment) {
      const { nowSeconds, known } = moment;
      judgeUntil(known);
      const day = judge.dayAt(nowSeconds);
      if (day !== latestDay) {
        latestDay = day;
        verdict = judge.verdictOf(day, priceAt(known));
        judgedDays += verdict === 'unjudged' ? 0 : 1;
        inForceDays += verdict === 'inForce' ? 1 : 0;
        inForceSince = verdict === 'inForce' ? (inForceSince ?? nowSeconds) : null;
      }
      const isFirst = decisions === 0;
      const [own, other] = both.map((each) => each.decide(moment, isFirst));
      judge.noteDecision(nowSeconds, own!, other!, hpa.syncSeconds);
      for (; nextRow < length && rowSeconds(nextRow) < nowSeconds + hpa.syncSeconds - NOISE; nextRow++) {
        both.forEach(({ stack }, index) => {
          readyAtRow[index]![nextRow - firstRow] = stack.readyAt(rowSeconds(nextRow));
        });
      }
      const decided = verdict === 'inForce' ? Math.min(own!, other!) : own!;
      decisions++;
      lowered += decided < own! ? 1 : 0;
      return decided;
    },
    use: () => ({
      judgedDays,
      inForceDays,
      inForceSince,
      loweredShare: decisions === 0 ? 0 : lowered / decisions,
    }),
  };
}
