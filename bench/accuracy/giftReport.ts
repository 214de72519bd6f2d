import type { GiftConfiguration } from './giftConfigurations.ts';
import { geometricMeanOf, meanOf } from './means.ts';
import type { BacktestScores } from './runBacktest.ts';
import { textTable } from './textTable.ts';

/** What was measured of one configuration; the baseline is the first model. */
export interface GiftResult {
  readonly configuration: GiftConfiguration;
  readonly seconds: number;
  readonly models: ReadonlyArray<
    BacktestScores & {
      readonly model: string;
      readonly secondsPerForecast: number;
      readonly seriesCount: number;
    }
  >;
}

/** Scores by configuration; of several, also coverage by group and the geometric means relative to the baseline. */
export function giftReport(results: readonly GiftResult[]): string {
  const rows = results.flatMap(({ configuration, models, seconds }) =>
    models.map((scores, index) => [
      index === 0 ? configuration.name : '',
      scores.model,
      fixed(scores.mase),
      fixed(scores.crps),
      percent(scores.coverage['0.8']),
      percent(scores.coverage['0.95']),
      fixed(relative(scores, models[0]!, 'mase'), 3),
      fixed(relative(scores, models[0]!, 'crps'), 3),
      scores.secondsPerForecast.toPrecision(2),
      index === 0 ? `${String(scores.seriesCount)} series, ${seconds.toFixed(0)} s` : '',
    ])
  );
  const head = ['configuration', 'model', 'MASE', 'CRPS', 'in 80 %', 'in 95 %', 'MASE/sn', 'CRPS/sn', 's/forecast', ''];
  const table = textTable([head, ...rows]);
  return results.length < 2 ? table : `${table}\n${groupTable(results)}\n${meanTable(results)}`;
}

function groupTable(results: readonly GiftResult[]): string {
  const groups = [...new Set(results.map(({ configuration }) => configuration.group))];
  const rows = groups.flatMap((group) => {
    const ofGroup = results.filter(({ configuration }) => configuration.group === group);
    return modelNames(results).map((model, index) => [
      group,
      model,
      ...['0.8', '0.95'].map((band) => percent(meanOf(ofGroup.map((result) => result.models[index]!.coverage[band]!)))),
    ]);
  });
  return textTable([['group, mean coverage', 'model', 'in 80 %', 'in 95 %'], ...rows]);
}

function meanTable(results: readonly GiftResult[]): string {
  const head = [`geometric mean of ${String(results.length)}`, 'MASE/seasonal-naive', 'CRPS/seasonal-naive', 'minutes'];
  const rows = modelNames(results).map((model, index) => [
    model,
    ...(['mase', 'crps'] as const).map((score) =>
      fixed(geometricMeanOf(results.map(({ models }) => relative(models[index]!, models[0]!, score))))
    ),
    '',
  ]);
  const minutes = results.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return textTable([head, ...rows, ['all together', '', '', minutes.toFixed(1)]]);
}

function modelNames(results: readonly GiftResult[]): readonly string[] {
  return results[0]!.models.map(({ model }) => model);
}

function relative(scores: BacktestScores, baseline: BacktestScores, score: 'mase' | 'crps'): number {
  return (scores[score] ?? Number.NaN) / (baseline[score] ?? Number.NaN);
}

function fixed(value: number | null, digits = 4): string {
  return value === null || Number.isNaN(value) ? '-' : value.toFixed(digits);
}

function percent(share: number | undefined): string {
  return share === undefined || Number.isNaN(share) ? '-' : `${(100 * share).toFixed(1)} %`;
}
