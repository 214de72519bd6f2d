import { createForecaster, LEARNT_NAMES, PUBLISHED_LEVELS } from '../backend/forecasting/index.ts';
import { learntModels, neuralModel, readArtefact } from '../backend/neural/index.ts';
import { windowTensors } from '../backend/neural/artefacts/index.ts';
import { WindowBatch } from '../backend/neural/windows/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { noisyDays } from './noisyDays.ts';
import { cpuSeconds, forecastRateRow } from './forecastRate.ts';
import { startRPeer } from './forecasting/rPeer.ts';
import { shippedFolder } from './shippedFolder.ts';

const DAYS = 21;
const DAY = 288;
const QUERIES = DAY / 12;
const ROUNDS = 15;
const EACH = 16;
const R_ROUNDS = 2;
const R_MODELS = { prophet: 'Prophet (R, Stan)', 'auto.arima': "R's auto.arima with Fourier terms" } as const;

/**
 * Forecasts a CPU second of the learnt models, a day ahead at fifteen levels from three weeks of five-minute steps:
 * one after the other and of a fleet at once, as the sidecar makes them, beside the bare call of ONNX Runtime on ready
 * inputs, and beside R's Prophet and auto.arima, which are fitted at each
 * forecast as a learnt model need not be.
 */
export const bench: Bench = {
  name: 'inference',
  async run() {
    const rows: BenchRow[] = [];
    const missing: string[] = [];
    const seconds: Record<string, number[]> = {};
    for (const name of LEARNT_NAMES) {
      const { session, ...rest } = await readArtefact(await shippedFolder(name));
      const model = neuralModel({ session, ...rest });
      const history = noisyDays(1);
      const fitOptions = { horizon: DAY, seed: 1, seasonSteps: DAY };
      const predictor = await createForecaster(name, [model]).fit(history, fitOptions);
      const others = Array.from({ length: EACH }, (_, i) => noisyDays(1 + i));
      const fleet = await Promise.all(
        others.map(async (each) => createForecaster(name, [model]).fit(each, fitOptions))
      );
      const options = { horizon: DAY, levels: PUBLISHED_LEVELS };
      const runs: Record<string, () => Promise<unknown>> = {
        single: () => repeat(() => predictor.predict(history, options)),
        together: () => Promise.all(fleet.map(async (each, i) => each.predict(others[i]!, options))),
        bareSingle: () => repeat(() => session.run(windowTensors(new WindowBatch(1, QUERIES)), ['forecast'])),
        bareTogether: () => session.run(windowTensors(new WindowBatch(EACH, QUERIES)), ['forecast']),
      };
      const spent: Record<string, number[]> = {};
      for (let round = -1; round < ROUNDS; round++) {
        for (const [path, run] of Object.entries(runs)) {
          const took =
            (await cpuSeconds(async () => {
              await run();
            })) / EACH;
          if (round >= 0) {
            (spent[path] ??= []).push(took);
          }
        }
      }
      seconds[name] = spent['single']!;
      rows.push(
        forecastRateRow(
          `${name}, one after the other, beside the bare ONNX Runtime call`,
          spent['single']!,
          spent['bareSingle']!
        ),
        forecastRateRow(
          `${name}, sixteen series at once, beside the bare call for one`,
          spent['together']!,
          spent['bareSingle']!
        ),
        forecastRateRow(
          `${name}, sixteen series at once, beside the bare call for sixteen`,
          spent['together']!,
          spent['bareTogether']!
        )
      );
    }
    const learnt = await learntModels(new URL('../models', import.meta.url).pathname);
    const auto = await createForecaster('auto', learnt.models).fit(noisyDays(1), {
      horizon: DAY,
      seed: 1,
      seasonSteps: DAY,
    });
    seconds['auto'] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const history = noisyDays(1);
      seconds['auto'].push(
        await cpuSeconds(async () => {
          await auto.predict(history, { horizon: DAY, levels: PUBLISHED_LEVELS });
        })
      );
    }
    for (const [model, title] of Object.entries(R_MODELS)) {
      const peer = await startRPeer(model, [DAYS, DAY, DAY]);
      if (peer === undefined) {
        missing.push(`${title}: apt-get install r-cran-forecast r-cran-prophet`);
        continue;
      }
      const theirs: number[] = [];
      for (let round = 0; round < R_ROUNDS; round++) {
        theirs.push((await peer.seconds()) ?? Number.NaN);
      }
      peer.stop();
      const mean = theirs.reduce((sum, each) => sum + each, 0) / theirs.length;
      for (const [name, ours] of Object.entries(seconds)) {
        rows.push(
          forecastRateRow(
            `${name}, a forecast by a fitted predictor, beside ${title}`,
            ours,
            ours.map(() => mean)
          )
        );
      }
    }
    return { rows, missing };
  },
};

async function repeat(work: () => unknown): Promise<void> {
  for (let i = 0; i < EACH; i++) {
    await work();
  }
}
