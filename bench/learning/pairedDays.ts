import { createForecaster, type Predictor } from '../../backend/forecasting/index.ts';
import {
  addLosses,
  leashed,
  newTrial,
  leashesOf,
  pairLosses,
  withBlock,
  type PairedLosses,
} from '../../backend/learning/models/index.ts';
import { CRPS_LEVELS } from '../../backend/statistics/index.ts';
import { resampleMean, seriesSlice, timeAt, type Series } from '../../backend/timeseries/index.ts';
import { LIVE_TRACES, liveTrace } from './liveTraces.ts';

const HOUR = 3600;
const DAY = 24;
const LEAST_PAST_DAYS = 7;
const LEAST_DAYS = 10;
const CUTOFFS = [0, 6, 12, 18];
/** Champion and challenger: two that are quick and about as good as each other. */
const PAIR = ['theta', 'cycles'] as const;

/** Mean losses of two models over the same truths of one day. */
export interface PairedDay {
  readonly champion: number;
  readonly challenger: number;
}

/** Daily paired losses as a trial makes them, the challenger on its leash, of real traces as hourly means; none where the traces are not here. */
export async function pairedDays(): Promise<Array<{ readonly name: string; readonly days: PairedDay[] }>> {
  const all = [];
  for (const [file, column] of LIVE_TRACES.filter((_, place) => place % 3 === 0)) {
    const trace = await liveTrace(file, column);
    if (trace !== undefined) {
      const days = await daysOf(resampleMean(trace.series, HOUR));
      if (days.length >= LEAST_DAYS) {
        all.push({ name: trace.name, days });
      }
    }
  }
  return all;
}

async function daysOf(series: Series): Promise<PairedDay[]> {
  const days: PairedDay[] = [];
  const actual = new Map([['demand', series]]);
  let trial = newTrial(0);
  for (let start = LEAST_PAST_DAYS * DAY; start + DAY < series.values.length; start += DAY) {
    const options = { horizon: DAY, seed: 1, seasonSteps: DAY };
    const [first, second] = await Promise.all(
      PAIR.map(async (name) => createForecaster(name).fit({ target: seriesSlice(series, 0, start) }, options))
    );
    let losses: PairedLosses = {};
    for (const offset of CUTOFFS) {
      const history = { target: seriesSlice(series, 0, start + offset) };
      const [champion, free] = [await say(first!, history), await say(second!, history)];
      const most = leashesOf(trial)['demand'];
      const challenger = { ...(most === undefined ? free : leashed(free, champion, most)), name: 'demand' };
      const cutoffSeconds = timeAt(series.grid, start + offset - 1);
      const pair = { cutoffSeconds, grid: champion.grid, champion: [champion], challenger: [challenger] };
      losses = addLosses(losses, pairLosses(pair, actual, timeAt(series.grid, start + DAY - 1)));
    }
    trial = withBlock(trial, losses);
    const day = losses['demand'];
    if (day !== undefined && day.champion > 0) {
      days.push({ champion: day.champion / day.count, challenger: day.challenger / day.count });
    }
  }
  return days;
}

async function say(predictor: Predictor, history: { readonly target: Series }) {
  return { ...(await predictor.predict(history, { horizon: DAY, levels: CRPS_LEVELS })), name: 'demand' };
}
