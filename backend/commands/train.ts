import { dirname } from 'node:path';
import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { createForecaster } from '../forecasting/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { artefactContents, runTraining, scoresBeside } from '../learning/index.ts';
import {
  ACCOUNT_VOCABULARY,
  ARCHITECTURES,
  neuralModel,
  readArtefact,
  writeArtefact,
  type Architecture,
  type Artefact,
  type Manifest,
  type TrainedModel,
} from '../neural/index.ts';
import { formatDuration } from '../timeseries/index.ts';
import type { CommandIo } from './commandIo.ts';
import { OptionValues } from './forecasting/optionValues.ts';
import { covariateNames } from './forecasting/tableHistories.ts';
import { startProgress } from './progress.ts';
import { DEFAULT_RECIPE, readRecipe, sizeOfRecipe, type Recipe } from './train/recipe.ts';
import { readTrainingData, type TrainingData } from './train/trainingData.ts';

const LONGEST_HORIZON = 900;

const monotonicSeconds = (): number => performance.now() / 1000;

interface RawOptions {
  readonly input?: readonly string[];
  readonly architecture: string;
  readonly from?: string;
  readonly columns?: string;
  readonly covariates?: string;
  readonly horizon?: string;
  readonly recipe?: string;
  readonly minutes?: string;
  readonly steps?: string;
  readonly seed: string;
  readonly out: string;
  readonly resume?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `headroom train`: trains or tunes a learnt model and writes its artefact folder (interfaces 1.3). */
export function addTrainCommand(program: Command, io: CommandIo): void {
  program
    .command('train')
    .description('trains a learnt model, or tunes one on data of your own, and writes an artefact folder')
    .option('--input <file...>', 'CSV or CSV.gz files to learn from, besides those of the recipe')
    .requiredOption('--architecture <name>', ARCHITECTURES.join(' or '))
    .option('--from <folder>', 'the artefact to start from; its tune is kept only where it validates better')
    .option('--columns <names>', 'columns to learn from, parted by commas; all where it is not given')
    .option('--covariates <names>', 'past:COLUMN or known:COLUMN, parted by commas')
    .option('--horizon <steps>', 'the farthest step to learn (default: 900, or a sixth of the rows)')
    .option('--recipe <file>', 'YAML: data, generators, sizes, schedule')
    .option('--minutes <number>', 'how long each stage may learn, in place of the recipe')
    .option('--steps <count>', 'how many steps each stage takes, in place of the recipe; reproducible to the bit')
    .option('--seed <number>', 'makes it reproducible', '1')
    .requiredOption('--out <folder>', 'where the artefact is written')
    .option('--resume', 'go on where an interrupted run of the same command stopped')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress and no remarks on standard error')
    .action(async (raw: RawOptions) => {
      await train(raw, io);
    });
}

async function train(raw: RawOptions, io: CommandIo): Promise<void> {
  const values = new OptionValues('train');
  const architecture = ARCHITECTURES.find((name) => name === raw.architecture);
  if (architecture === undefined) {
    return values.fail(`--architecture must be ${ARCHITECTURES.join(' or ')}, not ${raw.architecture}`);
  }
  const seed = values.whole('--seed', raw.seed, 0, Number.MAX_SAFE_INTEGER);
  const horizon = raw.horizon === undefined ? undefined : values.whole('--horizon', raw.horizon, 12, LONGEST_HORIZON);
  const columns = raw.columns === undefined ? undefined : values.names('--columns', raw.columns);
  const covariates = raw.covariates === undefined ? { past: [], known: [] } : covariateNames(values, raw.covariates);
  const recipe = withBudget(raw.recipe === undefined ? DEFAULT_RECIPE : await readRecipe(raw.recipe), raw, values);
  const entries = [...recipe.data, ...(raw.input ?? []).map((file) => ({ file, weight: 1 }))];
  if (entries.length === 0 && recipe.syntheticShare < 1) {
    return values.fail('there is nothing to learn from: give --input, or a recipe with data or syntheticShare 1');
  }
  await mkdir(dirname(raw.out), { recursive: true }).catch((cause: unknown) => {
    throw new HeadroomError('FILE_UNWRITABLE', { file: raw.out, reason: (cause as Error).message }, { cause });
  });
  const from = raw.from === undefined ? undefined : await readArtefact(raw.from);
  if (from !== undefined && from.manifest.architecture !== architecture) {
    return values.fail(`--from is a ${from.manifest.architecture}, not a ${architecture}`);
  }
  const data: TrainingData[] = [];
  for (const entry of entries) {
    const vocabulary = data.at(-1)?.vocabulary ?? from?.manifest.vocabulary ?? ACCOUNT_VOCABULARY;
    data.push(await readTrainingData(entry, columns, covariates, horizon, vocabulary, values));
  }
  const size = from?.manifest.size ?? sizeOfRecipe(recipe, architecture);
  const progress = startProgress(io, 'train', 1000, raw.quiet === true);
  const trained = await runTraining({
    ...{ plan: recipe, architecture, size, seed, from },
    material: data.map(({ material }) => material),
    checkpointFile: `${raw.out}.checkpoint`,
    isResumed: raw.resume === true,
    monotonicSeconds,
    signal: io.signal,
    onProgress: ({ step, loss, validation, done, secondsLeft }) => {
      const best = validation === undefined ? '' : `, best validation ${validation.toFixed(4)}`;
      const left = Number.isFinite(secondsLeft) ? `, ${formatDuration(Math.ceil(secondsLeft))} left` : '';
      progress.advance(Math.floor(1000 * done), `step ${String(step)}, loss ${loss.toFixed(4)}${best}${left}`);
    },
  });
  progress.finish();
  const manifest = await publish(raw.out, { architecture, seed, recipe, data, from, trained }, io.signal);
  report(raw, manifest, trained, io);
}

function withBudget(recipe: Recipe, raw: RawOptions, values: OptionValues): Recipe {
  if (raw.minutes !== undefined && raw.steps !== undefined) {
    return values.fail('give --minutes or --steps, not both');
  }
  if (raw.steps !== undefined) {
    const steps = values.whole('--steps', raw.steps, 1, 10_000_000);
    return { ...recipe, stages: recipe.stages.map((stage) => ({ ...stage, minutes: undefined, steps })) };
  }
  if (raw.minutes !== undefined) {
    const minutes = Number(raw.minutes);
    if (!(minutes > 0)) {
      return values.fail(`--minutes must be more than 0, not ${raw.minutes}`);
    }
    return { ...recipe, stages: recipe.stages.map((stage) => ({ ...stage, steps: undefined, minutes })) };
  }
  return recipe;
}

interface Training {
  readonly architecture: Architecture;
  readonly seed: number;
  readonly recipe: Recipe;
  readonly data: readonly TrainingData[];
  readonly from: Artefact | undefined;
  readonly trained: TrainedModel;
}

/** Writes the artefact, then scores it on the ends of the data that it has not learnt from, and writes it again. */
async function publish(out: string, training: Training, signal: AbortSignal): Promise<Manifest> {
  const { architecture, seed, recipe, data, from, trained } = training;
  const material = data.map((each) => each.material);
  const contents = artefactContents({
    name: recipe.name ?? architecture,
    version: recipe.version ?? from?.manifest.version ?? '1.0.0',
    architecture,
    size: from?.manifest.size ?? sizeOfRecipe(recipe, architecture),
    ...{ seed, material, from, trained },
    vocabulary: data.at(-1)?.vocabulary ?? from?.manifest.vocabulary ?? ACCOUNT_VOCABULARY,
  });
  const unscored = await writeArtefact(out, { ...contents, scores: [] });
  if (recipe.stages.some(({ usesAll }) => usesAll)) {
    return unscored;
  }
  const learnt = neuralModel(await readArtefact(out));
  const forecaster = createForecaster(learnt.name, [learnt]);
  const scores: Manifest['scores'] = [];
  for (const each of material) {
    const score = await scoresBeside(each, forecaster, monotonicSeconds, signal);
    if (score !== undefined) {
      scores.push(score);
    }
  }
  return writeArtefact(out, { ...contents, scores });
}

function report(raw: RawOptions, manifest: Manifest, trained: TrainedModel, io: CommandIo): void {
  const { steps, seconds, losses, validationLoss, startLoss } = trained;
  const isKept = startLoss === undefined || (validationLoss ?? startLoss) < startLoss;
  if (raw.json === true) {
    const document = {
      out: raw.out,
      name: manifest.name,
      version: manifest.version,
      architecture: manifest.architecture,
      parameterCount: manifest.parameterCount,
      seed: manifest.seed,
      steps,
      seconds,
      lossCurve: losses.map(([step, loss, validation]) => ({
        step,
        loss,
        validation,
      })),
      validationLoss: validationLoss ?? null,
      startValidationLoss: startLoss ?? null,
      isBetterThanStart: startLoss === undefined ? null : isKept,
      scores: manifest.scores,
    };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  io.stdout.write(
    `${raw.out}: ${manifest.name} ${manifest.version}, ${String(manifest.parameterCount)} parameters, ` +
      `${String(steps)} steps in ${formatDuration(Math.round(seconds))}\n`
  );
  for (const each of manifest.scores) {
    io.stdout.write(
      `${each.data}: CRPS ${each.crps.toFixed(4)} (seasonal-naive ${each.seasonalNaiveCrps.toFixed(4)}), ` +
        `MASE ${each.mase.toFixed(4)} (${each.seasonalNaiveMase.toFixed(4)})\n`
    );
  }
  if (!isKept) {
    io.stdout.write('No tune validated better than what it started from: that is what was written\n');
  }
}
