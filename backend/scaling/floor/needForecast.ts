import { nearLearner, type NearLearner, type NearMoment } from '../../forecasting/index.ts';
import { LINEAR, replicasForWork, replicasWorth, type Scalability } from '../../simulation/index.ts';
import { gridEnd, lastObservedSeconds, seriesSlice, type Series } from '../../timeseries/index.ts';
import { needLadder, type NeedLadder } from './needLadder.ts';
import { riskPrice, type RiskPrice } from './riskPrice.ts';
import { SHORTFALL_PRICES } from './shortfallPrices.ts';

const DAY = 86_400;
const HOUR = 3600;
/** Days before the first decision over which the price of a risk is learnt. */
const REHEARSED_DAYS = 2;

export interface NeedForecastOptions {
  readonly perReplica: number;
  readonly min: number;
  readonly max: number;
  /** The lead, in rows, of the last row whose chance passes with a decision: there the price of a risk is learnt. */
  readonly decisionLead: number;
  /** Rows in a window of start-up, 1 or more. */
  readonly windowRows: number;
  /** The longest lead, in rows. */
  readonly horizon: number;
  /** How replicas slow each other down; absent: they don't. */
  readonly scalability?: Scalability;
}

/** What the next rows ask for at one risk, by lead from 1. */
export interface RowNeeds {
  /** `[lead - 1]` */
  readonly replicas: Int32Array;
  /** The probability that so many do not serve the row, `[lead - 1]`. */
  readonly shortfall: Float64Array;
}

/** What the next rows of one series ask for, learnt row by row as the replay learns it. */
export interface NeedForecast {
  /** Takes in the rows of the series that are later than those it knows, up to the last measurement. */
  learn(series: Series): void;
  /**
   * What the rows after `cutoffSeconds` ask for at each risk; undefined where too little was learnt to say anything.
   */
  after(cutoffSeconds: number, risks: readonly number[]): readonly RowNeeds[] | undefined;
  /** The price of a shortfall that keeps to a risk, in replicas for one row; the dearest where nothing was learnt. */
  priceOf(risk: number): number;
}

interface Learnt {
  readonly learner: NearLearner;
  readonly price: RiskPrice;
  readonly startSeconds: number;
  readonly stepSeconds: number;
  endSeconds: number;
}

/**
 * A forecast of needs that goes on learning; the first two days before its first answer teach it what a risk costs.
 *
 * It learns anew where a series holds twice as many rows as that has, where the clock was set back, and after a hole as
 * long as the series.
 */
export function needForecast(options: NeedForecastOptions): NeedForecast {
  const { perReplica, min, max, decisionLead, windowRows, horizon, scalability = LINEAR } = options;
  const ladder: NeedLadder = {
    replicas: new Int32Array(SHORTFALL_PRICES.length),
    shortfall: new Float64Array(SHORTFALL_PRICES.length),
  };
  let learnt: Learnt | undefined;

  function climb(moment: NearMoment, lead: number): NeedLadder {
    const ahead = moment.ahead(lead);
    const need = {
      likely: Math.min(max, replicasForWork(Math.ceil(ahead.median / perReplica), scalability)),
      shortfall: (replicas: number) => ahead.exceedance(replicasWorth(replicas, scalability) * perReplica),
    };
    needLadder(need, SHORTFALL_PRICES, { min, max }, ladder);
    return ladder;
  }

  function takeIn(into: Learnt, series: Series, from: number): void {
    for (let known = from; known <= series.values.length; known++) {
      into.learner.learn(seriesSlice(series, 0, known));
      const moment = into.learner.moment();
      if (moment !== undefined && climb(moment, decisionLead).replicas[0]! > min) {
        into.price.note(ladder.shortfall, series.grid.stepSeconds);
      }
    }
    into.endSeconds = gridEnd(series.grid);
  }

  function begin(series: Series): Learnt {
    const { stepSeconds, startSeconds } = series.grid;
    const begun = series.values.findIndex((value) => value > 0);
    const rehearsed = Math.max(
      1,
      series.values.length - Math.round((REHEARSED_DAYS * DAY) / stepSeconds),
      Math.min(series.values.length, begun + Math.round(HOUR / stepSeconds))
    );
    const made: Learnt = {
      learner: nearLearner(seriesSlice(series, 0, rehearsed), { horizon, seasonSteps: 1, isThorough: true }),
      price: riskPrice(SHORTFALL_PRICES.length, windowRows),
      startSeconds,
      stepSeconds,
      endSeconds: startSeconds,
    };
    takeIn(made, series, rehearsed);
    return made;
  }

  return {
    learn(series) {
      const last = lastObservedSeconds(series);
      if (last === undefined) {
        return;
      }
      const { startSeconds, stepSeconds, length } = series.grid;
      const measured = seriesSlice(series, 0, Math.round((last - startSeconds) / stepSeconds) + 1);
      const endSeconds = gridEnd(measured.grid);
      const isOld =
        learnt === undefined ||
        (endSeconds - learnt.startSeconds) / stepSeconds > 2 * length ||
        startSeconds > learnt.endSeconds + stepSeconds ||
        gridEnd(series.grid) < learnt.endSeconds;
      if (learnt === undefined || isOld) {
        learnt = begin(measured);
      } else if (endSeconds > learnt.endSeconds) {
        takeIn(learnt, measured, Math.round((learnt.endSeconds - startSeconds) / stepSeconds) + 2);
      }
    },
    after(cutoffSeconds, risks) {
      const moment = learnt?.learner.moment();
      if (learnt === undefined || moment === undefined) {
        return undefined;
      }
      const { price, endSeconds, stepSeconds } = learnt;
      const gap = Math.max(0, Math.round((cutoffSeconds - endSeconds) / stepSeconds));
      const chosen = risks.map((risk) => price.indexFor(risk));
      const needs = risks.map(() => ({ replicas: new Int32Array(horizon), shortfall: new Float64Array(horizon) }));
      for (let lead = 1; lead <= horizon; lead++) {
        const { replicas, shortfall } = climb(moment, lead + gap);
        chosen.forEach((index, risk) => {
          needs[risk]!.replicas[lead - 1] = replicas[index]!;
          needs[risk]!.shortfall[lead - 1] = shortfall[index]!;
        });
      }
      return needs;
    },
    priceOf: (risk) => SHORTFALL_PRICES[learnt?.price.indexFor(risk) ?? SHORTFALL_PRICES.length - 1]!,
  };
}
