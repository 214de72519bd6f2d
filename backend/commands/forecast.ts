import type { Command } from 'commander';
import { forecastImportance, importanceAnswer, type ForecastImportance } from '../evaluation/index.ts';
import { MAX_HORIZON, PUBLISHED_LEVELS, type Forecast, type Forecaster, type History } from '../forecasting/index.ts';
import { readCsvTable } from '../sources/index.ts';
import { gridEnd, timeAt } from '../timeseries/index.ts';
import type { CommandIo } from './commandIo.ts';
import { breather } from './forecasting/breather.ts';
import { csvText, isoTime, levelColumn } from './forecasting/csvCells.ts';
import { writeFeaturesFile } from './forecasting/featuresFile.ts';
import { importanceText } from './forecasting/importanceText.ts';
import { namedForecasters } from './forecasting/namedForecasters.ts';
import { OptionValues } from './forecasting/optionValues.ts';
import { covariatesIgnored } from './forecasting/covariatesIgnored.ts';
import { covariateNames, tableHistories, untilLastMeasured } from './forecasting/tableHistories.ts';
import { startProgress } from './progress.ts';
import { requireWritable } from './requireWritable.ts';

const MAX_SEASON = 1_000_000;

interface RawOptions {
  readonly input: string;
  readonly horizon: string;
  readonly columns?: string;
  readonly covariates?: string;
  readonly model: string;
  readonly artefacts?: string;
  readonly levels?: string;
  readonly season?: string;
  readonly resample?: string;
  readonly seed: string;
  readonly features?: string;
  readonly explain?: boolean;
  readonly timeZone: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `headroom forecast`: one forecast of each column of a CSV, from its end (interfaces 1). */
export function addForecastCommand(program: Command, io: CommandIo): void {
  program
    .command('forecast')
    .description('one forecast from a CSV, to standard output')
    .requiredOption('--input <file>', 'CSV or CSV.gz with a timestamp column')
    .requiredOption('--horizon <steps>', 'steps to forecast')
    .option('--columns <names>', 'columns to forecast, parted by commas; all where it is not given')
    .option('--covariates <names>', 'past:COLUMN or known:COLUMN, parted by commas; known ones go on after the history')
    .option('--model <name>', 'forecaster, or the folder of a learnt model', 'auto')
    .option('--artefacts <folder>', 'learnt models, which auto may choose from (default: models/)')
    .option('--levels <numbers>', 'quantile levels, ascending; the published fifteen where they are not given')
    .option('--season <steps>', 'steps in the main season, 1 for none; found where it is not given')
    .option('--resample <duration>', 'take means over this long first')
    .option(
      '--features <file>',
      'write what is to be seen in each column as CSV or CSV.gz, with the horizon known ahead'
    )
    .option(
      '--explain',
      'what each forecast used and how much it mattered, as a table in place of the CSV; with --json beside it'
    )
    .option('--time-zone <zone>', 'IANA zone in which the days and weeks of the features begin', 'UTC')
    .option('--seed <number>', 'makes it reproducible to the bit', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress and no remarks on standard error')
    .action(async (raw: RawOptions) => {
      await forecast(raw, io);
    });
}

interface NamedForecast {
  readonly name: string;
  readonly history: History;
  readonly forecast: Forecast;
  readonly importance?: ForecastImportance;
}

async function forecast(raw: RawOptions, io: CommandIo): Promise<void> {
  const values = new OptionValues('forecast');
  const horizon = values.whole('--horizon', raw.horizon, 1, MAX_HORIZON);
  const seed = values.whole('--seed', raw.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const levels = raw.levels === undefined ? PUBLISHED_LEVELS : values.levels('--levels', raw.levels);
  const seasonSteps = raw.season === undefined ? undefined : values.whole('--season', raw.season, 1, MAX_SEASON);
  const columns = raw.columns === undefined ? undefined : values.names('--columns', raw.columns);
  const covariates = raw.covariates === undefined ? undefined : covariateNames(values, raw.covariates);
  const resampleSeconds = raw.resample === undefined ? undefined : values.duration('--resample', raw.resample);
  const timeZone = values.timeZone('--time-zone', raw.timeZone);
  if (raw.features !== undefined) {
    await requireWritable(raw.features);
  }
  const { forecasters, refused } = await namedForecasters([raw.model], raw.artefacts);
  const forecaster = forecasters[0]!;
  const isQuiet = raw.quiet === true;
  for (const reason of isQuiet ? [] : refused) {
    io.stderr.write(`forecast: ${reason}\n`);
  }

  const table = await readCsvTable(raw.input);
  const all = tableHistories(
    table,
    {
      ...(columns === undefined ? {} : { columns }),
      covariates: covariates ?? { past: [], known: [] },
      ...(resampleSeconds === undefined ? {} : { resampleSeconds }),
    },
    values
  );
  const histories = covariates === undefined ? all : untilLastMeasured(all);
  if (covariates !== undefined && !isQuiet) {
    const remark = covariatesIgnored([forecaster]);
    io.stderr.write(remark === undefined ? '' : `forecast: ${remark}\n`);
  }
  const options = { horizon, seed, ...(seasonSteps === undefined ? {} : { seasonSteps }) };
  const results = await forecastAll(forecaster, histories, options, levels, raw.explain === true, isQuiet, io);
  if (!isQuiet) {
    for (const each of results) {
      for (const remark of [each.forecast.reason, ...each.forecast.warnings]) {
        io.stderr.write(remark === undefined ? '' : `forecast: ${each.name}: ${remark}\n`);
      }
    }
  }
  if (raw.features !== undefined) {
    const stepSeconds = [...histories.values()][0]!.target.grid.stepSeconds;
    const season = seasonSteps === undefined || seasonSteps === 1 ? {} : { seasonSeconds: seasonSteps * stepSeconds };
    await writeFeaturesFile(raw.features, histories, { horizon, timeZone, ...season });
  }
  const text = raw.explain === true ? importanceTexts : csvOf;
  io.stdout.write(raw.json === true ? jsonText(raw.input, horizon, seed, results) : text(results));
}

async function forecastAll(
  forecaster: Forecaster,
  histories: ReadonlyMap<string, History>,
  options: { readonly horizon: number; readonly seed: number; readonly seasonSteps?: number },
  levels: readonly number[],
  isExplained: boolean,
  isQuiet: boolean,
  io: CommandIo
): Promise<NamedForecast[]> {
  const results: NamedForecast[] = [];
  const breathe = breather(io.signal);
  const progress = startProgress(io, 'forecasting', histories.size, isQuiet || histories.size === 1);
  for (const [name, history] of histories) {
    await breathe();
    const predictor = await forecaster.fit(history, options);
    results.push({
      name,
      history,
      forecast: await predictor.predict(history, { horizon: options.horizon, levels }),
      ...(isExplained ? { importance: await forecastImportance(predictor, history, options) } : {}),
    });
    progress.advance(results.length, name);
  }
  progress.finish();
  io.signal.throwIfAborted();
  return results;
}

function importanceTexts(results: readonly NamedForecast[]): string {
  return results
    .flatMap(({ name, importance }) => (importance === undefined ? [] : [importanceText(name, importance)]))
    .join('\n');
}

function csvOf(results: readonly NamedForecast[]): string {
  const levels = results[0]?.forecast.levels ?? [];
  const lines = [['timestamp', 'column', 'mean', ...levels.map(levelColumn)].join(',')];
  for (const { name, forecast: each } of results) {
    const { grid, mean, values } = each;
    const column = csvText(name);
    for (let step = 0; step < grid.length; step++) {
      const quantiles = levels.map((_, row) => String(values[row * grid.length + step]!));
      lines.push([isoTime(timeAt(grid, step)), column, String(mean[step]!), ...quantiles].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

function jsonText(input: string, horizon: number, seed: number, results: readonly NamedForecast[]): string {
  const series = results.map(({ name, history, forecast: each, importance }) => {
    const { grid, levels, values, mean } = each;
    return {
      series: name,
      model: each.model,
      cutoff: gridEnd(history.target.grid),
      step: grid.stepSeconds,
      times: Array.from({ length: grid.length }, (_, step) => timeAt(grid, step)),
      levels,
      values: levels.map((_, row) => Array.from(values.subarray(row * grid.length, (row + 1) * grid.length))),
      mean: Array.from(mean),
      reason: each.reason ?? null,
      warnings: each.warnings,
      ...(importance === undefined ? {} : { importance: importanceAnswer(importance) }),
    };
  });
  return `${JSON.stringify({ input, horizon, seed, series }, null, 2)}\n`;
}
