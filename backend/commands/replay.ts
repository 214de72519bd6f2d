import type { Command } from 'commander';
import { frontier, replay, type PolicyResult, type ReplayInput, type ReplayReport } from '../replay/index.ts';
import type { CommandIo } from './commandIo.ts';
import { breather } from './forecasting/breather.ts';
import { startProgress } from './progress.ts';
import { readReplayService } from './replay/readReplayService.ts';
import { readTrace, type ReadTrace } from './replay/readTrace.ts';
import { REPLAY_FORMATS } from './replay/replayFormats.ts';
import { replayOptions, type RawReplayOptions, type ReplayOptions } from './replay/replayOptions.ts';
import { replayText } from './replay/replayText.ts';
import { writeDecisions } from './replay/writeDecisions.ts';
import { requireWritable } from './requireWritable.ts';

/** `headroom replay`: a demand trace against scaling policies in virtual time (interfaces 1.5). */
export function addReplayCommand(program: Command, io: CommandIo): void {
  program
    .command('replay')
    .description('replays a demand trace against scaling policies in virtual time: cost, violations, frontiers')
    .requiredOption('--trace <file>', 'CSV or CSV.gz with a timestamp column')
    .option('--column <name>', 'the demand; the first column where it is not given')
    .requiredOption('--service <file>', 'what a replica serves, how fast it starts, limits and prices (YAML)')
    .option(
      '--policy <names>',
      'policies, parted by commas',
      'headroom,hpa,static,seasonal,crane,holt-winters,cloned,oracle'
    )
    .option(
      '--replicas <name>',
      'what was really asked for, a column of the trace: cloned imitates it instead of the HPA'
    )
    .option('--sweep', 'HPA at 14 targets and Headroom at 18 risks: frontiers, and what one saves against the other')
    .option('--warmup <duration>', 'the start of the trace, which is learnt from and not scored', '7d')
    .option('--seed <number>', 'taken for the sake of scripts: no policy draws anything', '1')
    .option('--decisions <file>', 'write what each policy decided to this CSV or CSV.gz')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .addHelpText('after', REPLAY_FORMATS)
    .action(async (raw: RawReplayOptions) => {
      await runReplay(replayOptions(raw), io);
    });
}

async function runReplay(options: ReplayOptions, io: CommandIo): Promise<void> {
  const { service, model, warnings } = await readReplayService(options.service);
  const read = await readTrace(options.trace, options);
  if (options.decisions !== undefined) {
    await requireWritable(options.decisions);
  }
  const report = await replayed(
    {
      trace: read.trace,
      firstRow: read.firstRow,
      service,
      policies: options.policies,
      isSweep: options.isSweep,
      ...(model === undefined ? {} : { model }),
      ...(read.replicas === undefined ? {} : { replicas: read.replicas }),
    },
    options.isQuiet,
    io
  );
  if (options.decisions !== undefined) {
    await writeDecisions(options.decisions, read, report);
  }
  io.stdout.write(
    options.isJson
      ? `${JSON.stringify(jsonOf(options, read, report, warnings), null, 2)}\n`
      : replayText(report, warnings)
  );
}

async function replayed(input: ReplayInput, isQuiet: boolean, io: CommandIo): Promise<ReplayReport> {
  const breathe = breather(io.signal);
  const replaying = replay(input);
  let progress: ReturnType<typeof startProgress> | undefined;
  for (let next = replaying.next(); ; next = replaying.next()) {
    if (next.done === true) {
      progress?.finish();
      return next.value;
    }
    const { done, total, what } = next.value;
    progress ??= startProgress(io, 'replay', total, isQuiet);
    progress.advance(Math.floor(done), what);
    await breathe();
  }
}

/** The JSON document of interfaces 1.5. */
function jsonOf(options: ReplayOptions, read: ReadTrace, report: ReplayReport, warnings: readonly string[]) {
  const { policies, sweep, comparisons } = report;
  const base = {
    trace: options.trace,
    column: read.column,
    stepSeconds: read.trace.grid.stepSeconds,
    steps: read.trace.grid.length - read.firstRow,
    warmupSeconds: options.warmupSeconds,
    seed: options.seed,
    policies,
  };
  if (!options.isSweep) {
    return { ...base, warnings };
  }
  const ofPolicy = (name: string): readonly PolicyResult[] =>
    frontier(
      sweep.filter(({ policy }) => policy === name),
      ({ violationShare }) => violationShare,
      ({ replicaHours }) => replicaHours
    );
  return {
    ...base,
    sweep,
    frontiers: { hpa: ofPolicy('hpa'), headroom: ofPolicy('headroom') },
    comparisons,
    costSavingAtEqualViolations: report.costSavingAtEqualViolations,
    violationReductionAtEqualCost: report.violationReductionAtEqualCost,
    costOverOracle: report.costOverOracle,
    warnings,
  };
}
