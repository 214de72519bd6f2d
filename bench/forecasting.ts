import { createForecaster, PUBLISHED_LEVELS, type History, type Predictor } from '../backend/forecasting/index.ts';
import type { Bench } from './bench.ts';
import { noisyDays } from './noisyDays.ts';
import { cpuSeconds, forecastRateRow } from './forecastRate.ts';
import { startRPeer } from './forecasting/rPeer.ts';

const DAYS = 21;
const SEASON = 288;
const HORIZON = 288;
const ROUNDS = 7;

/** The paths that matter: a first forecast, and the later ones of a predictor that is fitted already. */
const FIRST = ['cycles', 'auto'] as const;

/**
 * Forecasts a second and core (CPU time, since others share the cores) of three weeks of five-minute steps, a day ahead
 * at fifteen levels: beside R's stlf (STL and ETS), and beside augurs' MSTL, which is always installed.
 */
export const bench: Bench = {
  name: 'forecasting',
  async run() {
    const r = await startRPeer('stlf', [DAYS, SEASON, HORIZON]);
    const fitted = await createForecaster('auto').fit(noisyDays(0), { horizon: HORIZON, seed: 1, seasonSteps: SEASON });
    const paths: ReadonlyArray<readonly [name: string, seconds: (round: number) => Promise<number>]> = [
      ...FIRST.map((model) => [`${model}, fit and forecast`, (round: number) => firstSeconds(model, round)] as const),
      ['auto, forecast by a fitted predictor', (round) => laterSeconds(fitted, round)],
    ];
    for (const [, seconds] of paths) {
      await seconds(0);
    }
    const ours = paths.map((): number[] => []);
    const augurs: number[] = [];
    const stlf: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      for (const [index, [, seconds]] of paths.entries()) {
        ours[index]!.push(await seconds(round));
      }
      augurs.push(await firstSeconds('mstl', round));
      if (r !== undefined) {
        stlf.push((await r.seconds()) ?? Number.NaN);
      }
    }
    r?.stop();
    const rows = paths.flatMap(([name], index) => [
      forecastRateRow(`${name}, beside augurs' MSTL`, ours[index]!, augurs),
      ...(r === undefined ? [] : [forecastRateRow(`${name}, beside R's stlf`, ours[index]!, stlf)]),
    ]);
    const missing = ["R's forecast: apt-get install r-cran-forecast (it is looked for at /usr/bin/Rscript)"];
    return { rows, missing: r === undefined ? missing : [] };
  },
};

async function firstSeconds(model: string, round: number): Promise<number> {
  const history = noisyDays(round);
  return cpuSeconds(async () => {
    const options = { horizon: HORIZON, seed: 1, seasonSteps: SEASON };
    await laterForecast(await createForecaster(model).fit(history, options), history);
  });
}

async function laterSeconds(predictor: Predictor, round: number): Promise<number> {
  const history = noisyDays(round);
  return cpuSeconds(() => laterForecast(predictor, history));
}

async function laterForecast(predictor: Predictor, history: History): Promise<void> {
  const { values } = await predictor.predict(history, { horizon: HORIZON, levels: PUBLISHED_LEVELS });
  if (values.length !== HORIZON * PUBLISHED_LEVELS.length) {
    throw new Error('a forecast of another shape');
  }
}
