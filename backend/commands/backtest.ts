import type { Command } from 'commander';
import { backtest, backtestWindows, type BacktestOptions, type ModelScores } from '../evaluation/index.ts';
import type { Forecaster, History } from '../forecasting/index.ts';
import { readCsvTable } from '../sources/index.ts';
import { gridIndexAt } from '../timeseries/index.ts';
import { backtestInThreads } from './backtest/backtestInThreads.ts';
import { backtestOptions, type BacktestCommandOptions, type RawBacktestOptions } from './backtest/backtestOptions.ts';
import { backtestJson, backtestText } from './backtest/backtestReport.ts';
import { startForecastsFile, type ForecastsFile } from './backtest/forecastsFile.ts';
import type { CommandIo } from './commandIo.ts';
import { breather } from './forecasting/breather.ts';
import { covariatesIgnored } from './forecasting/covariatesIgnored.ts';
import { namedForecasters } from './forecasting/namedForecasters.ts';
import { OptionValues } from './forecasting/optionValues.ts';
import { tableHistories } from './forecasting/tableHistories.ts';
import { startProgress } from './progress.ts';

/** `headroom backtest`: rolling-origin scores of forecasters on the last windows of a CSV (interfaces 1.2). */
export function addBacktestCommand(program: Command, io: CommandIo): void {
  program
    .command('backtest')
    .description('rolling-origin scores on the last windows of a CSV; a window sees only rows before its cutoff')
    .requiredOption('--input <file>', 'CSV or CSV.gz with a timestamp column')
    .requiredOption('--horizon <steps>', 'steps to forecast from each origin')
    .requiredOption('--windows <count>', 'origins, the last ones of the file')
    .option('--stride <steps>', 'from one origin to the next; the horizon where it is not given')
    .option('--season <steps>', 'steps in the main season, 1 for none; found in each past where it is not given')
    .option('--columns <names>', 'columns to forecast, parted by commas; all where it is not given')
    .option(
      '--covariates <names>',
      'past:COLUMN or known:COLUMN, parted by commas; known ones are seen over the horizon'
    )
    .option('--models <names>', 'forecasters, parted by commas', 'seasonal-naive,auto')
    .option('--artefacts <folder>', 'learnt models that auto may choose from (default: models/)')
    .option('--levels <numbers>', 'quantile levels, ascending (default: 0.1,0.2 ... 0.9)')
    .option('--origin-end <time>', 'no origin sees rows after this time')
    .option('--resample <duration>', 'take means over this long first')
    .option('--forecasts <file>', 'write every forecast to this CSV or CSV.gz')
    .option(
      '--workers <count>',
      'threads that share the columns; the result is the same for any number (default: the cores)'
    )
    .option('--seed <number>', 'makes it reproducible to the bit', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress and no remarks on standard error')
    .action(async (raw: RawBacktestOptions) => {
      await runBacktest(backtestOptions(raw), io);
    });
}

async function runBacktest(options: BacktestCommandOptions, io: CommandIo): Promise<void> {
  const { forecasters: models, refused } = await namedForecasters(options.models, options.artefacts);
  if (!options.isQuiet) {
    for (const remark of remarksOn(options, models, refused)) {
      io.stderr.write(`backtest: ${remark}\n`);
    }
  }
  const table = await readCsvTable(options.input);
  const { columns, resampleSeconds } = options;
  const series = tableHistories(
    table,
    {
      ...(columns === undefined ? {} : { columns }),
      covariates: options.covariates ?? { past: [], known: [] },
      ...(resampleSeconds === undefined ? {} : { resampleSeconds }),
    },
    new OptionValues('backtest')
  );
  const scores = await scored(options, series, models, io);
  const stepSeconds = resampleSeconds ?? table.grid.stepSeconds;
  io.stdout.write(options.isJson ? backtestJson(options, stepSeconds, scores) : backtestText(scores));
}

function remarksOn(
  { covariates }: BacktestCommandOptions,
  models: readonly Forecaster[],
  refused: readonly string[]
): string[] {
  const ignored = covariates === undefined ? undefined : covariatesIgnored(models);
  return [...(ignored === undefined ? [] : [ignored]), ...refused];
}

async function scored(
  options: BacktestCommandOptions,
  series: ReadonlyMap<string, History>,
  models: readonly Forecaster[],
  io: CommandIo
): Promise<ModelScores[]> {
  const { horizon, windowCount, stride, seasonSteps, levels, originEndSeconds, forecasts, seed, isQuiet } = options;
  const { target } = [...series.values()][0]!;
  const lastKnown = originEndSeconds === undefined ? undefined : gridIndexAt(target.grid, originEndSeconds) + 1;
  const windows = {
    horizon,
    windowCount,
    stride,
    ...(lastKnown === undefined ? {} : { lastKnown }),
  };
  backtestWindows({ ...windows, length: target.values.length });
  const file = forecasts === undefined ? undefined : await startForecastsFile(forecasts, levels);
  const progress = startProgress(io, 'backtest', models.length * series.size * windowCount, isQuiet);
  let done = 0;
  const onMade = (model: string, name: string): void => {
    progress.advance(++done, `${model} ${name}`);
  };
  const plan = { ...windows, ...(seasonSteps === undefined ? {} : { seasonSteps }), levels, seed };
  const scores =
    options.workerCount === 1
      ? await scoredHere({ ...plan, series, models }, onMade, file, io.signal)
      : await backtestInThreads({
          threadCount: options.workerCount,
          data: {
            forecasters: { models: options.models, artefacts: options.artefacts },
            plan,
            sendsForecasts: file !== undefined,
          },
          modelNames: models.map(({ name }) => name),
          series,
          signal: io.signal,
          onMade,
          onForecast: async (forecast) => file?.add(forecast),
        });
  progress.finish();
  io.signal.throwIfAborted();
  await file?.finish();
  return scores;
}

function scoredHere(
  options: Omit<BacktestOptions, 'monotonicSeconds' | 'signal'>,
  onMade: (model: string, series: string) => void,
  file: ForecastsFile | undefined,
  signal: AbortSignal
): Promise<ModelScores[]> {
  const breathe = breather(signal);
  return backtest({
    ...options,
    monotonicSeconds: () => performance.now() / 1000,
    signal,
    async onForecast(forecast) {
      onMade(forecast.model, forecast.series);
      await file?.add(forecast);
      await breathe();
    },
  });
}
