import { backtest } from '../../evaluation/index.ts';
import { createForecaster, type Forecaster } from '../../forecasting/index.ts';
import type { Manifest } from '../../neural/index.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import type { TrainingMaterial } from './trainingMaterial.ts';

const MOST_SCORED = 40;
const SCORED_WINDOWS = 4;

/**
 * Scores a forecaster beside seasonal-naive on the held-out end, in up to four windows of up to 40 series.
 *
 * `undefined` where nothing whole is held out, or a score cannot be computed.
 */
export async function scoresBeside(
  { name, histories, horizon, heldOut, seasonSteps }: TrainingMaterial,
  forecaster: Forecaster,
  monotonicSeconds: () => number,
  signal: AbortSignal
): Promise<Manifest['scores'][number] | undefined> {
  const every = Math.ceil(histories.size / MOST_SCORED);
  const series = new Map([...histories].filter((_, i) => i % every === 0));
  const windowCount = Math.min(SCORED_WINDOWS, Math.floor(heldOut / horizon));
  if (windowCount === 0) {
    return undefined;
  }
  const [baseline, own] = await backtest({
    series,
    models: [createForecaster('seasonal-naive'), forecaster],
    horizon,
    windowCount,
    seasonSteps,
    levels: CRPS_LEVELS,
    seed: 1,
    monotonicSeconds,
    signal,
  });
  const { crps, mase } = own!;
  return crps === undefined || mase === undefined || baseline?.crps === undefined || baseline.mase === undefined
    ? undefined
    : { data: name, crps, mase, seasonalNaiveCrps: baseline.crps, seasonalNaiveMase: baseline.mase };
}
