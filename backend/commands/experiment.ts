import type { Command } from 'commander';
import type { ExperimentOutcome } from '../../contract/index.ts';
import { HeadroomError } from '../errors/index.ts';
import {
  OUTCOME_NAMES,
  outcomeUnit,
  powerWords,
  switchbackShape,
  switchbackWords,
  traceSwitchback,
  type TraceSwitchback,
} from '../learning/index.ts';
import type { CommandIo } from './commandIo.ts';
import { armSetting } from './experiment/armSettings.ts';
import { EXPERIMENT_FORMATS } from './experiment/experimentFormats.ts';
import { experimentJson } from './experiment/experimentJson.ts';
import {
  experimentOptions,
  type ExperimentOptions,
  type RawExperimentOptions,
} from './experiment/experimentOptions.ts';
import { experimentText, type ExperimentWords } from './experiment/experimentText.ts';
import { breather } from './forecasting/breather.ts';
import { startProgress } from './progress.ts';
import { readReplayService } from './replay/readReplayService.ts';
import { readTrace } from './replay/readTrace.ts';

const STEPS = 100;

/** `headroom experiment`: a switchback test of two policies on a trace, in virtual time. */
export function addExperimentCommand(program: Command, io: CommandIo): void {
  program
    .command('experiment')
    .description('a switchback test on a demand trace, in virtual time: two policies, risks or models alternate')
    .requiredOption('--trace <file>', 'CSV or CSV.gz with a timestamp column')
    .option('--column <name>', 'the demand; the first column where it is not given')
    .requiredOption('--service <file>', 'what a replica serves, how fast it starts, limits and prices (YAML)')
    .requiredOption('--a <arm>', 'what is in force without the test, and before it')
    .requiredOption('--b <arm>', 'what is tried')
    .option('--outcome <name>', 'cost, replicas or violations; cost where there is a price')
    .option('--window <duration>', 'of one window; divides the period', '2h')
    .option('--burn-in <duration>', 'the start of each window, not counted; three start-ups, at most half a window')
    .option('--period <name>', 'day or week: how far the two windows of a pair stand apart', 'day')
    .option('--days <count>', 'whole blocks of two periods; 14 where it is not given')
    .option('--warmup <duration>', 'the start of the trace, which is learnt from and not played', '7d')
    .option('--before <duration>', 'played with a after it, before the test, and planned by', '7d')
    .option('--artefacts <folder>', 'learnt models for model=NAME (default: models/)')
    .option('--seed <number>', 'of the coins: makes it reproducible to the bit', '1')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', EXPERIMENT_FORMATS)
    .action(async (raw: RawExperimentOptions) => {
      await runExperiment(experimentOptions(raw), io);
    });
}

async function runExperiment(options: ExperimentOptions, io: CommandIo): Promise<void> {
  const { arms, seed, isQuiet, artefacts, beforeSeconds } = options;
  const { service, currency, warnings } = await readReplayService(options.service);
  const { trace, column, firstRow } = await readTrace(options.trace, {
    column: options.column,
    replicas: undefined,
    warmupSeconds: options.warmupSeconds,
  });
  const outcome: ExperimentOutcome = options.outcome ?? (service.replicaHour === undefined ? 'replicas' : 'cost');
  if (outcome === 'cost' && service.replicaHour === undefined) {
    throw new HeadroomError('EXPERIMENT_INVALID', { problem: `cost needs cost.replicaHour in ${options.service}` });
  }
  const shape = switchbackShape(options, {
    leadTimeSeconds: service.startSeconds,
    drainSeconds: service.drainSeconds,
    stepSeconds: trace.grid.stepSeconds,
  });
  const settings = { a: arms.a, b: arms.b };
  const progress = startProgress(io, 'experiment', STEPS, isQuiet);
  const setting = (arm: 'a' | 'b') =>
    armSetting(settings[arm], {
      ...{ trace, firstRow, service, artefacts, seed, signal: io.signal },
      onRow: (row) => {
        progress.advance(0, `${settings[arm].text}: row ${String(row)}`);
      },
    });
  const input = { trace, firstRow, beforeSeconds, service, outcome, shape, seed };
  const breathe = breather(io.signal);
  const playing = traceSwitchback({ ...input, arms: { a: await setting('a'), b: await setting('b') } });
  let next = playing.next();
  for (; next.done !== true; next = playing.next()) {
    progress.advance(Math.floor(STEPS * next.value));
    await breathe();
  }
  progress.finish();
  const unit = outcomeUnit(outcome, currency ?? 'cost');
  const words = wordsOf(options, next.value, outcome, unit, shape.periodSeconds);
  io.stdout.write(
    options.isJson
      ? `${JSON.stringify(experimentJson({ ...options, column, outcome, unit }, next.value, words, warnings), null, 2)}\n`
      : experimentText(next.value, words, warnings)
  );
}

function wordsOf(
  { arms }: ExperimentOptions,
  { judgement, power, alone }: TraceSwitchback,
  outcome: ExperimentOutcome,
  unit: string,
  periodSeconds: number
): ExperimentWords {
  const effect = alone.b - alone.a;
  return {
    power:
      power === undefined
        ? ['What came before has fewer than four periods, so nothing is known of what the test would find.']
        : powerWords(power, periodSeconds, unit),
    verdict: switchbackWords({
      judgement,
      arms: { a: arms.a.text, b: arms.b.text },
      outcome: OUTCOME_NAMES[outcome],
      unit,
    }),
    alone: Number.isNaN(effect)
      ? 'What each would do alone is not known: demand is missing.'
      : `Played alone over the whole test, b less a is ${String(Number(effect.toPrecision(3)))} ${unit === '%' ? 'of the time' : unit}: no live test sees that.`,
  };
}
