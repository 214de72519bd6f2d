import { createForecaster, PUBLISHED_LEVELS, type Forecast } from '../backend/forecasting/index.ts';
import { neuralModel, readArtefact } from '../backend/neural/index.ts';
import type { Bench } from './bench.ts';
import { noisyDays } from './noisyDays.ts';
import { cpuSeconds } from './forecastRate.ts';
import { shippedFolder } from './shippedFolder.ts';

const DAY = 288;
const COUNTS = [1250, 2500, 5000, 10_000] as const;
const KEPT_BYTES = (PUBLISHED_LEVELS.length + 1) * DAY * Float64Array.BYTES_PER_ELEMENT;

/**
 * Ten thousand series, each with a history of its own, forecast a day ahead by one loaded model: CPU seconds a series
 * beside those at an eighth of the number, and the memory that each takes while all forecasts are kept, beside the bytes
 * of the numbers in them.
 */
export const bench: Bench = {
  name: 'batch',
  async run() {
    const model = neuralModel(await readArtefact(await shippedFolder('lstm')));
    const forecaster = createForecaster('lstm', [model]);
    const options = { horizon: DAY, seed: 1, seasonSteps: DAY };
    const run = async (count: number): Promise<{ seconds: number; bytes: number }> => {
      const forecasts: Forecast[] = [];
      global.gc?.();
      const before = process.memoryUsage().rss;
      let bytes = 0;
      const spent = await cpuSeconds(async () => {
        for (let seed = 0; seed < count; seed++) {
          const history = noisyDays(seed);
          const predictor = await forecaster.fit(history, options);
          forecasts.push(await predictor.predict(history, { horizon: DAY, levels: PUBLISHED_LEVELS }));
        }
        bytes = process.memoryUsage().rss - before;
      });
      if (forecasts.some(({ values }) => values.some((value) => !Number.isFinite(value)))) {
        throw new Error('a forecast is not finite');
      }
      return { seconds: spent / count, bytes: bytes / count };
    };
    await run(100);
    const results: Array<{ seconds: number; bytes: number }> = [];
    for (const count of COUNTS) {
      results.push(await run(count));
    }
    const [least, most] = [results[0]!, results.at(-1)!];
    const ratios = results.slice(1).map(({ seconds }) => least.seconds / seconds);
    return {
      rows: [
        {
          name: 'lstm, fit and forecast of 10,000 series, CPU time a series beside that of 1,250',
          ours: most.seconds * 1000,
          peer: least.seconds * 1000,
          unit: 'CPU ms a series',
          ratio: ratios.at(-1)!,
          spread: [Math.min(...ratios), Math.max(...ratios)],
        },
        {
          name: 'lstm, resident memory a series at 10,000 kept forecasts, beside the bytes of their numbers',
          ours: most.bytes,
          peer: KEPT_BYTES,
          unit: 'bytes',
          ratio: KEPT_BYTES / most.bytes,
          spread: [KEPT_BYTES / most.bytes, KEPT_BYTES / most.bytes],
        },
      ],
      missing: [],
    };
  },
};
