import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { planFileSchema, type PlanFile, type Scenario } from '../../contract/index.ts';
import { checkWhatIf, whatIf, type WhatIfInput, type WhatIfReport, type WhatIfSeries } from '../allocation/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { PUBLISHED_LEVELS } from '../forecasting/index.ts';
import { readCsvTable } from '../sources/index.ts';
import { gridAfter, gridEnd, timeAt } from '../timeseries/index.ts';
import type { CommandIo } from './commandIo.ts';
import { namedForecasters } from './forecasting/namedForecasters.ts';
import { startProgress } from './progress.ts';
import { readScenarios } from './simulate/readScenarios.ts';
import { readService, type ReadService } from './simulate/readService.ts';
import type { YamlValue } from './simulate/parseYaml.ts';
import { readYaml } from './simulate/readYaml.ts';
import { SIMULATE_FORMATS } from './simulate/simulateFormats.ts';
import { simulateOptions, type RawSimulateOptions, type SimulateOptions } from './simulate/simulateOptions.ts';
import { simulationSeries, type NamedSeries } from './simulate/simulationSeries.ts';
import { simulationText } from './simulate/simulationText.ts';

/** `headroom simulate`: Monte Carlo over scenarios and plans from a CSV (interfaces 1.4). */
export function addSimulateCommand(program: Command, io: CommandIo): void {
  program
    .command('simulate')
    .description('Monte Carlo over scenarios from a CSV: what could come, which plans would carry it, at what cost')
    .requiredOption('--input <file>', 'CSV or CSV.gz with a timestamp column')
    .option('--column <name>', 'the demand; the first column where it is not given')
    .option('--resources <names>', 'columns of resources that follow demand, parted by commas')
    .requiredOption('--horizon <steps>', 'steps to look ahead')
    .option('--paths <count>', 'simulated futures', '2000')
    .option(
      '--scenario <file or name...>',
      'scenarios beside the baseline: files, those that ship, those that are stored'
    )
    .option('--data-dir <folder>', 'where scenarios are stored (default: HEADROOM_DATA_DIR, else .headroom)')
    .option('--service <file>', 'what a replica serves, its limits and prices (YAML)')
    .option('--plan <file...>', 'plans to judge (YAML); needs --service')
    .option('--replicas <count>', 'replicas that serve now; without it as many as the last demand takes')
    .option('--model <name>', 'forecaster', 'auto')
    .option('--seed <number>', 'makes it reproducible to the bit', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', SIMULATE_FORMATS)
    .action(async (raw: RawSimulateOptions) => {
      await simulate(simulateOptions(raw), io);
    });
}

interface Files {
  readonly scenarios: ReadonlyArray<YamlValue<Scenario>>;
  readonly plans: ReadonlyArray<YamlValue<PlanFile>>;
}

async function simulate(options: SimulateOptions, io: CommandIo): Promise<void> {
  const table = await readCsvTable(options.input);
  const named = simulationSeries(table, options.column, options.resources);
  const service =
    options.service === undefined
      ? undefined
      : await readService(options.service, options.resources, table, named[0]!.history);
  const files: Files = {
    scenarios: await readScenarios(options.scenarios, {
      directory: options.dataFolder ?? io.env['HEADROOM_DATA_DIR'] ?? '.headroom',
      isAsked: options.dataFolder !== undefined,
    }),
    plans: (await Promise.all(options.plans.map((file) => readYaml(file, planFileSchema, 'PLAN_INVALID')))).flat(),
  };
  const current = replicasNow(options, service, named[0]!);
  const judged = service === undefined || current === undefined ? {} : { service: service.serving(current) };
  const request = {
    ...judged,
    scenarios: files.scenarios.map(({ value }) => value),
    plans: files.plans.map(({ value }) => value),
  };
  const grid = gridAfter(table.grid, options.horizon);
  located(files, () => checkWhatIf({ ...request, grid, names: named.map(({ name }) => name) }));
  const series = await forecastSeries(named, options, service, io);
  const startedMs = performance.now();
  const report = await run({
    input: {
      ...request,
      series,
      levels: PUBLISHED_LEVELS,
      confidence: { historySeconds: historySeconds(named[0]!) },
      pathCount: options.paths,
      seed: options.seed,
    },
    isQuiet: options.quiet,
    io,
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const warnings = [
    ...(service?.warnings ?? []),
    ...(service === undefined || options.replicas !== undefined
      ? []
      : [`Replicas of now are not known (--replicas); taken to be ${String(current)}, what the last demand takes`]),
    ...report.warnings,
  ];
  const whole = { ...report, warnings };
  io.stdout.write(
    options.json
      ? `${JSON.stringify({ ...jsonOf(options, series, whole, seconds), capacity: service?.learnt ?? null }, null, 2)}\n`
      : simulationText(whole)
  );
}

/** The JSON document of interfaces 1.4. */
function jsonOf(options: SimulateOptions, series: readonly WhatIfSeries[], report: WhatIfReport, seconds: number) {
  const { grid } = series[0]!.forecast;
  const pathSteps = options.paths * options.horizon * report.scenarios.length;
  return {
    input: options.input,
    column: series[0]!.name,
    paths: options.paths,
    steps: options.horizon,
    stepSeconds: grid.stepSeconds,
    cutoff: grid.startSeconds - grid.stepSeconds,
    seed: options.seed,
    seconds,
    pathStepsPerSecond: pathSteps / seconds,
    scenarios: report.scenarios,
    frontier: report.frontier,
    frontiers: report.frontiers,
    candidates: report.candidates,
    absent: report.absent,
    recommendation: report.recommendation,
    warnings: report.warnings,
  };
}

async function run(job: { input: WhatIfInput; isQuiet: boolean; io: CommandIo }): Promise<WhatIfReport> {
  const { input, isQuiet, io } = job;
  const total = input.pathCount * (input.scenarios.length + 1);
  const progress = startProgress(io, 'simulating', total, isQuiet);
  const simulation = whatIf(input);
  for (let next = simulation.next(); ; next = simulation.next()) {
    if (next.done === true) {
      progress.finish();
      return next.value;
    }
    progress.advance(next.value.done);
    await setImmediate();
    io.signal.throwIfAborted();
  }
}

async function forecastSeries(
  named: readonly NamedSeries[],
  { horizon, model, seed }: SimulateOptions,
  service: ReadService | undefined,
  io: CommandIo
): Promise<readonly WhatIfSeries[]> {
  const series: WhatIfSeries[] = [];
  const { forecasters } = await namedForecasters([model], undefined);
  const forecaster = forecasters[0]!;
  for (const { name, history } of named) {
    await setImmediate();
    io.signal.throwIfAborted();
    const predictor = await forecaster.fit({ target: history }, { horizon, seed });
    const forecast = await predictor.predict({ target: history }, { horizon, levels: PUBLISHED_LEVELS });
    const perReplica = series.length === 0 ? service?.perReplica : service?.perReplicaOf.get(name);
    const whenFull = service?.whenFullOf.get(name);
    series.push({
      name,
      unit: '',
      forecast,
      history,
      ...(perReplica === undefined ? {} : { perReplica }),
      ...(whenFull === undefined ? {} : { whenFull }),
    });
  }
  return series;
}

function replicasNow(
  { replicas }: SimulateOptions,
  service: ReadService | undefined,
  { history }: NamedSeries
): number | undefined {
  const latest = history.values.findLast((value) => !Number.isNaN(value)) ?? 0;
  return service === undefined ? undefined : (replicas ?? service.replicasFor(latest));
}

function historySeconds({ history: { grid, values } }: NamedSeries): number {
  return (
    gridEnd(grid) -
    timeAt(
      grid,
      values.findIndex((value) => !Number.isNaN(value))
    )
  );
}

/** Adds file, line and column to what is wrong with a scenario or a plan. */
function located(files: Files, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    const isAboutFile = error instanceof HeadroomError && /^(SCENARIO|PLAN)_/.test(error.code);
    const { where, field } = isAboutFile ? error.details : {};
    const found = [...files.scenarios, ...files.plans].find(({ value }) => value.name === where);
    if (!isAboutFile || found === undefined) {
      throw error;
    }
    throw new HeadroomError(error.code, { ...error.details, where: found.locate(String(field)) }, { cause: error });
  }
}
