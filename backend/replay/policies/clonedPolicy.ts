import type { JudgedClone } from '../cloned/judgedClone.ts';
import { SIGNIFICANCE } from '../cloned/surelyBetter.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';
import { hpaPolicy } from './hpaPolicy.ts';

/** How a clone fared: whom it imitates, how often it was judged, and how often acted on. */
export interface ClonedUse {
  readonly demonstrator: 'hpa' | 'trace';
  /** Days on which it was judged, and of these those on which it was no worse than the HPA alone. */
  readonly judgedDays: number;
  readonly noWorseDays: number;
  /** Of these, those on which that was no accident, and its floor was in force. */
  readonly chosenDays: number;
  /** At the last judgement: of a policy that is no better, to win as many days; null where it was never judged. */
  readonly probability: number | null;
  /** The most that may be of one that is chosen. */
  readonly significance: number;
  /** Of all decisions, those for which its floor was in force. */
  readonly actedOnShare: number;
  /** Of all decisions, those that asked for more than the HPA alone would have. */
  readonly raisedShare: number;
}

/** A policy that tells how its clone was used so far. */
export interface ClonedPolicy extends ReplayPolicy {
  readonly use: () => ClonedUse;
}

/** A reactive HPA above the floor that a clone proposes, on the days after it was judged surely better; else the HPA alone. */
export function clonedPolicy(
  demand: Float64Array,
  service: ReplayService,
  clone: JudgedClone,
  demonstrator: ClonedUse['demonstrator'],
  outset: number
): ClonedPolicy {
  const { targetUtilization } = service.hpa;
  let floor = service.min;
  const floored = hpaPolicy(demand, service, targetUtilization, outset, () => floor);
  const reactive = hpaPolicy(demand, service, targetUtilization, outset);
  let alone = outset;
  let latestDay = -1;
  let probability: number | null = null;
  let [judgedDays, noWorseDays, chosenDays, decisions, actedOn, raised] = [0, 0, 0, 0, 0, 0];
  return {
    decide(moment) {
      const day = clone.dayAt(moment.nowSeconds);
      const verdict = clone.verdictOf(day);
      const isActedOn = verdict.kind === 'better';
      if (day !== latestDay) {
        latestDay = day;
        if (verdict.kind !== 'unjudged') {
          judgedDays++;
          noWorseDays += verdict.kind === 'worse' ? 0 : 1;
          chosenDays += isActedOn ? 1 : 0;
          ({ probability } = verdict);
        }
      }
      floor = isActedOn ? clone.proposedAfter(moment.known) : service.min;
      const decided = floored.decide(moment);
      alone = reactive.decide({ ...moment, current: alone });
      decisions++;
      actedOn += isActedOn ? 1 : 0;
      raised += decided > alone ? 1 : 0;
      return decided;
    },
    use: () => ({
      demonstrator,
      judgedDays,
      noWorseDays,
      chosenDays,
      probability,
      significance: SIGNIFICANCE,
      actedOnShare: decisions === 0 ? 0 : actedOn / decisions,
      raisedShare: decisions === 0 ? 0 : raised / decisions,
    }),
  };
}
