import { signTest } from '../../statistics/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { ReplayService } from '../replayService.ts';

const DAY = 86_400;
const SIGNIFICANCE = 0.05;
const NOISE = 1e-9;

/** What came of judging the cap: `unjudged` before there is a day to look at. */
export type CapVerdict = 'unjudged' | 'refused' | 'inForce';

/** Judges, each day on the past alone, whether the floor may be held to what the HPA alone asks for. */
export interface CapJudge {
  /** What both asked for at a decision that stands for `seconds`. */
  noteDecision(nowSeconds: number, floored: number, alone: number, seconds: number): void;
  /** A row that is known now, whether each was short of it, and what a shortfall weighs there. */
  noteRow(rowSeconds: number, isFlooredShort: boolean, isAloneShort: boolean, weight: number): void;
  /** Counted from the trace's start. */
  dayAt(seconds: number): number;
  /** On the days before `day`, at a price of a shortfall in replicas for one row. */
  verdictOf(day: number, price: number): CapVerdict;
}

interface JudgedDay {
  /** Replica-seconds that the floor asked for above what the HPA alone did. */
  above: number;
  /** Whether either asked for more than the minimum: an idle day shows nothing. */
  isBusy: boolean;
  readonly flooredShort: number[];
  readonly aloneShort: Array<{ readonly seconds: number; readonly weight: number }>;
}

/**
 * The cap saves what the floor asks for beyond the HPA alone, and lets in the shortfalls that the floor keeps out: the
 * HPA's own, but for those within `startSeconds` of one of the floor's, an event that both missed.
 *
 * A day is lost where that cost more than it saved, at the price. The cap is in force where all days so far saved, and so
 * few of them were lost that a sign test takes it for no accident: none of five, one of eight. No day is forgotten, for
 * what a cap lets in comes seldom.
 */
export function capJudge({ grid }: Series, { startSeconds, min }: ReplayService): CapJudge {
  const { stepSeconds } = grid;
  const days = new Map<number, JudgedDay>();
  const dayAt = (seconds: number): number => Math.floor((seconds - grid.startSeconds) / DAY + NOISE);
  const noted = (seconds: number): JudgedDay => {
    const index = dayAt(seconds);
    let day = days.get(index);
    if (day === undefined) {
      day = { above: 0, isBusy: false, flooredShort: [], aloneShort: [] };
      days.set(index, day);
    }
    return day;
  };
  const gainOf = ({ above, flooredShort, aloneShort }: JudgedDay, price: number): number =>
    aloneShort
      .filter(({ seconds }) => !flooredShort.some((other) => Math.abs(other - seconds) <= startSeconds))
      .reduce((gain, { weight }) => gain - price * weight, above / stepSeconds);
  return {
    noteDecision(nowSeconds, floored, alone, seconds) {
      const day = noted(nowSeconds);
      day.above += Math.max(0, floored - alone) * seconds;
      day.isBusy ||= Math.max(floored, alone) > min;
    },
    noteRow(rowSeconds, isFlooredShort, isAloneShort, weight) {
      if (isFlooredShort) {
        noted(rowSeconds).flooredShort.push(rowSeconds);
      } else if (isAloneShort) {
        noted(rowSeconds).aloneShort.push({ seconds: rowSeconds, weight });
      }
    },
    dayAt,
    verdictOf(day, price) {
      const gains = [...days].flatMap(([index, each]) => (index < day && each.isBusy ? [gainOf(each, price)] : []));
      const losses = gains.filter((gain) => gain < 0).length;
      const isWon =
        gains.reduce((sum, gain) => sum + gain, 0) > 0 && signTest(gains.length - losses, losses) <= SIGNIFICANCE;
      return gains.length === 0 ? 'unjudged' : isWon ? 'inForce' : 'refused';
    },
  };
}
