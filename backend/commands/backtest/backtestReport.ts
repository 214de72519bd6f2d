import type { ForecastScores, ModelScores } from '../../evaluation/index.ts';
import { alignedTable } from '../alignedTable.ts';
import type { BacktestCommandOptions } from './backtestOptions.ts';

const BASELINE = 'seasonal-naive';
const ALMOST = 4;

/** The JSON document of interfaces 1.2; what could not be computed is null. */
export function backtestJson(
  options: BacktestCommandOptions,
  stepSeconds: number,
  models: readonly ModelScores[]
): string {
  const { input, horizon, windowCount, stride, levels, seed } = options;
  const document = {
    input,
    horizon,
    windows: windowCount,
    stride,
    season: options.seasonSteps ?? mostCommonSeason(models),
    stepSeconds,
    levels,
    seed,
    models: models.map(({ model, secondsPerForecast, perSeries, ...scores }) => ({
      model,
      ...scoresJson(scores),
      secondsPerForecast,
      perSeries: perSeries.map(({ series, seasonSteps, ...each }) => ({
        series,
        season: seasonSteps,
        ...scoresJson(each),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The scores as a table, each model beside Seasonal-Naive where it was scored too. */
export function backtestText(models: readonly ModelScores[]): string {
  const baseline = models.find(({ model }) => model === BASELINE);
  const header = ['model', 'MASE', 'CRPS', 'WQL', 'ND', 'in 80 %', 's/forecast'];
  const rows = models.map(({ model, mase, crps, wql, nd, coverage, secondsPerForecast }) => [
    model,
    ...[mase, crps, wql, nd].map(shortNumber),
    percentText(coverage['0.8']),
    secondsPerForecast.toPrecision(2),
    ...(baseline === undefined ? [] : [ratioText(mase, baseline.mase), ratioText(crps, baseline.crps)]),
  ]);
  const head = baseline === undefined ? header : [...header, `MASE/${BASELINE}`, `CRPS/${BASELINE}`];
  return alignedTable(head, rows);
}

function scoresJson({ mase, crps, wql, nd, coverage }: ForecastScores) {
  return { mase: mase ?? null, crps: crps ?? null, wql: wql ?? null, nd: nd ?? null, coverage };
}

function mostCommonSeason(models: readonly ModelScores[]): number | null {
  const counts = new Map<number, number>();
  for (const { seasonSteps } of models[0]?.perSeries ?? []) {
    counts.set(seasonSteps, (counts.get(seasonSteps) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most?.[0] ?? null;
}

function shortNumber(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(ALMOST);
}

function percentText(share: number | undefined): string {
  return share === undefined ? '-' : `${(100 * share).toFixed(1)} %`;
}

function ratioText(value: number | undefined, base: number | undefined): string {
  return value === undefined || base === undefined || base === 0 ? '-' : (value / base).toFixed(3);
}
