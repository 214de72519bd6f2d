import { join } from 'node:path';
import type * as ort from 'onnxruntime-node';
import {
  createForecaster,
  LEARNT_NAMES,
  PUBLISHED_LEVELS,
  type History,
  type Predictor,
} from '../backend/forecasting/index.ts';
import { neuralModel, readArtefact } from '../backend/neural/index.ts';
import { windowTensors } from '../backend/neural/artefacts/index.ts';
import { WindowBatch } from '../backend/neural/windows/index.ts';
import { randomNormal, seededRandom } from '../backend/random/index.ts';
import type { Bench, BenchRow } from './bench.ts';
import { cpuSeconds, forecastRateRow } from './forecastRate.ts';

const DAYS = 21;
const DAY = 288;
const QUERIES = DAY / 12;
const ROUNDS = 15;
const EACH = 10;

/**
 * Forecasts a CPU second of a learnt model, a day ahead at fifteen levels from three weeks of five-minute steps, beside
 * the bare call of ONNX Runtime on ready inputs and beside Prophet (augurs), which is fitted at each forecast.
 */
export const bench: Bench = {
  name: 'inference',
  async run() {
    const rows: BenchRow[] = [];
    const prophet = await cpuSeconds(async () => {
      const history = historyOf(1);
      const predictor = await createForecaster('prophet').fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
      await predictor.predict(history, { horizon: DAY, levels: PUBLISHED_LEVELS });
    });
    for (const name of LEARNT_NAMES) {
      const artefact = await readArtefact(join(import.meta.dirname, '../models', name, '1.0.0'));
      const model = neuralModel(artefact);
      const history = historyOf(1);
      const predictor = await createForecaster(name, [model]).fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
      const feeds = windowTensors(new WindowBatch(1, QUERIES));
      await forecastSome(predictor, history);
      await runSome(artefact.session, feeds);
      const [ours, bare]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        ours.push((await cpuSeconds(() => forecastSome(predictor, history))) / EACH);
        bare.push((await cpuSeconds(() => runSome(artefact.session, feeds))) / EACH);
      }
      rows.push(forecastRateRow(`${name}, beside the bare ONNX Runtime call`, ours, bare));
      rows.push(
        forecastRateRow(
          `${name}, beside Prophet (augurs)`,
          ours,
          ours.map(() => prophet)
        )
      );
    }
    return { rows, missing: [] };
  },
};

function historyOf(seed: number): History {
  const random = seededRandom(seed);
  const values = Float64Array.from(
    { length: DAYS * DAY },
    (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / DAY) + 5 * randomNormal(random)
  );
  return { target: { grid: { startSeconds: 0, stepSeconds: 300, length: values.length }, values } };
}

async function forecastSome(predictor: Predictor, history: History): Promise<void> {
  for (let i = 0; i < EACH; i++) {
    await predictor.predict(history, { horizon: DAY, levels: PUBLISHED_LEVELS });
  }
}

async function runSome(session: ort.InferenceSession, feeds: Record<string, ort.Tensor>): Promise<void> {
  for (let i = 0; i < EACH; i++) {
    await session.run(feeds, ['forecast']);
  }
}
