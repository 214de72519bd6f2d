import { quantileSorted, sortedObserved } from '../../statistics/index.ts';
import { seriesSinceFirst, type Series } from '../../timeseries/index.ts';
import type { PredictOptions } from '../forecaster.ts';
import type { RawForecast } from '../localModel.ts';
import { emptyNearFeatures, readNearFeatures } from './nearFeatures.ts';
import { ERROR_FEATURES, nearKnot, type NearKnot } from './nearKnot.ts';
import { nearMoment, type NearMoment } from './nearMoment.ts';
import { nearPlan } from './nearPlan.ts';
import { nearRows } from './nearRows.ts';
import { nearTail } from './nearTail.ts';
import { predictNear } from './predictNear.ts';

const HOUR = 3600;
const DAY = 86_400;
const UNIT_SHARE = 0.05;
const READ_TURNS = 8.5;

/** What a near forecaster is made for. */
export interface NearOptions {
  /** The longest horizon it will be asked for, in steps. */
  readonly horizon: number;
  /** Steps of the cycle whose last seven turns are read; 1 takes a day. */
  readonly seasonSteps: number;
  /**
   * Learns from every row instead of three in seven, each near lead by itself, and when large errors come: better, for
   * about five times the time.
   */
  readonly isThorough?: boolean;
}

/**
 * A forecaster of the next minutes that goes on learning: it takes in each row once.
 *
 * `learn` reads the rows of a series that are later than those it knows, microseconds each; the series must lie on the
 * first one's grid. `predict` reads the last cycles of its series, which may be older or newer than what was learnt.
 */
export interface NearLearner {
  learn(target: Series): void;
  /** Undefined where too little was learnt to say anything. */
  predict(target: Series, options: PredictOptions): RawForecast | undefined;
  /** The distributions of the rows after the last one learnt; undefined where too little was learnt to say anything. */
  moment(): NearMoment | undefined;
}

/**
 * A learner that has taken in `history`, whose sizes set the scale below which differences do not count.
 *
 * It begins with the first measurement: gaps before it have no value to be bridged by, and a made-up one would be a step
 * that each regression learns from.
 */
export function nearLearner(history: Series, { horizon, seasonSteps, isThorough = false }: NearOptions): NearLearner {
  const target = seriesSinceFirst(history);
  const { stepSeconds, startSeconds } = target.grid;
  const plan = nearPlan(stepSeconds, seasonSteps, horizon, isThorough);
  const unit = leastSize(target.values);
  const rows = nearRows(unit);
  const knots: readonly NearKnot[] = plan.leads.map((lead) =>
    nearKnot(lead, [plan.level, plan.windows[1]!, plan.cycle], isThorough ? nearTail(rows, plan, lead) : undefined)
  );
  const features = emptyNearFeatures(ERROR_FEATURES);
  const refitSteps = Math.max(1, Math.round(HOUR / stepSeconds));
  const firstOrigin = Math.max(plan.windows[1]!, Math.min(plan.cycle, Math.floor(target.values.length / 3)));
  const clock = (seconds: number): number => Math.round((seconds % DAY) / stepSeconds);

  const takeIn = (row: number): void => {
    const isFlat = rows.volatility(row, plan.windows[1]!) === 0;
    for (const knot of knots) {
      const origin = row - knot.lead;
      const isStill = isFlat && rows.at(row) === rows.at(origin);
      if (
        origin >= firstOrigin &&
        (isThorough || isPicked(origin)) &&
        !isStill &&
        !rows.isMissing(row) &&
        !rows.isMissing(origin)
      ) {
        readNearFeatures(rows, plan, origin, knot.lead, clock(startSeconds) + origin, features);
        knot.learn(features, origin, rows.at(row) - features.level);
      } else {
        knot.pass();
      }
    }
    if ((row + 1) % refitSteps === 0) {
      knots.forEach((knot) => {
        knot.refit((refitSteps * stepSeconds) / DAY);
      });
    }
  };
  const learner: NearLearner = {
    learn({ grid, values }) {
      const passed = Math.round((startSeconds - grid.startSeconds) / stepSeconds) + rows.length;
      const from = rows.length;
      if (passed < 0) {
        rows.append(new Float64Array(-passed).fill(Number.NaN));
      }
      rows.append(values.subarray(Math.min(values.length, Math.max(0, passed))));
      for (let row = from; row < rows.length; row++) {
        takeIn(row);
      }
    },
    predict({ grid, values }, options) {
      let end = values.length;
      while (end > 0 && !Number.isFinite(values[end - 1])) {
        end--;
      }
      const recent = nearRows(unit);
      recent.append(measuredSince(values, end - Math.ceil(READ_TURNS * plan.cycle) - horizon, end));
      const lastSeconds = grid.startSeconds + (end - 1) * stepSeconds;
      const outset = {
        rows: recent,
        plan,
        unit,
        clock: clock(lastSeconds),
        row: Math.round((lastSeconds - startSeconds) / stepSeconds),
      };
      return end === 0 ? undefined : predictNear(knots, outset, values.length - end, options);
    },
    moment() {
      let last = rows.length - 1;
      while (last >= 0 && rows.isMissing(last)) {
        last--;
      }
      return last < 0
        ? undefined
        : nearMoment(knots, { rows, plan, unit, clock: clock(startSeconds) + last, row: last }, rows.length - 1 - last);
    },
  };
  learner.learn(target);
  return learner;
}

/** Three rows of seven: a step that shares no factor with an hour or a day, so that every minute gets its turn. */
function isPicked(row: number): boolean {
  return (3 * row) % 7 < 3;
}

function measuredSince(values: Float64Array, start: number, end: number): Float64Array {
  const read = values.subarray(Math.max(0, start), end);
  return read.subarray(Math.max(0, read.findIndex(Number.isFinite)));
}

function leastSize(values: Float64Array): number {
  const sizes = sortedObserved(values.map(Math.abs)).filter((size) => size > 0);
  return sizes.length === 0 ? 1 : Math.max(Number.MIN_VALUE * 1e16, UNIT_SHARE * quantileSorted(sizes, 0.5));
}
