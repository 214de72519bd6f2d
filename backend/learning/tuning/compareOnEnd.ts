import { setImmediate } from 'node:timers/promises';
import { backtest } from '../../evaluation/index.ts';
import { createForecaster, type LocalModel } from '../../forecasting/index.ts';
import type { Manifest } from '../../neural/index.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import type { TuningMaterial } from './tuningMaterial.ts';

const MOST_WINDOWS = 8;

export interface EndComparison {
  /** Geometric mean over the series of the tuned CRPS over that of the start; `undefined` where none can be scored. */
  readonly crpsRatio: number | undefined;
  readonly scores: Manifest['scores'];
}

/** Lets the tuned model and the one it came from forecast the end that neither has learnt from, beside seasonal-naive. */
export async function compareOnEnd(
  { material, unseen }: TuningMaterial,
  tuned: LocalModel,
  from: LocalModel,
  monotonicSeconds: () => number,
  signal: AbortSignal
): Promise<EndComparison> {
  const { horizon, histories, seasonSteps } = material;
  const room = Math.max(0, unseen - horizon);
  const stride = Math.max(1, Math.floor(room / (MOST_WINDOWS - 1)));
  const windowCount = Math.min(MOST_WINDOWS, 1 + Math.floor(room / stride));
  const models = [
    createForecaster('seasonal-naive'),
    createForecaster(from.name, [from]),
    createForecaster(tuned.name, [tuned]),
  ];
  const logs: number[] = [];
  const scores: Manifest['scores'] = [];
  for (const [name, history] of histories) {
    const [naive, start, own] = await backtest({
      series: new Map([[name, history]]),
      ...{ models, horizon, windowCount, stride, seasonSteps, monotonicSeconds, signal },
      levels: CRPS_LEVELS,
      seed: 1,
      onForecast: async () => {
        await setImmediate();
        signal.throwIfAborted();
      },
    });
    if (own?.crps !== undefined && start?.crps !== undefined && own.crps > 0 && start.crps > 0) {
      logs.push(Math.log(own.crps / start.crps));
    }
    if (own?.crps !== undefined && own.mase !== undefined && naive?.crps !== undefined && naive.mase !== undefined) {
      scores.push({
        data: name,
        crps: own.crps,
        mase: own.mase,
        seasonalNaiveCrps: naive.crps,
        seasonalNaiveMase: naive.mase,
      });
    }
  }
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  return { crpsRatio: logs.length === 0 ? undefined : Math.exp(mean), scores };
}
