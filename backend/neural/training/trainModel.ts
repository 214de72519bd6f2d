import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { HeadroomError } from '../../errors/index.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { Judge } from './judge.ts';
import { learningRateAt } from './schedule.ts';
import { Trainer, type TrainerOptions } from './trainer.ts';
import { TrainingRecord } from './trainingRecord.ts';
import type { TrainingSource } from './trainingSource.ts';
import { doneOf, type TrainingStage } from './trainingStage.ts';
import { WindowSampler } from './windowSampler.ts';

export interface TrainModelOptions {
  readonly trainer: TrainerOptions;
  readonly stages: readonly TrainingStage[];
  /** Drawn from for learning; what validation draws from is cut off. */
  readonly sources: readonly TrainingSource[];
  /** The same series whole, with the first cutoff of the validation. */
  readonly validation: readonly TrainingSource[];
  /** The same series whole, for stages that use all. */
  readonly all: readonly TrainingSource[];
  /** Parameters to start from. */
  readonly from?: ReadonlyMap<string, Float32Array>;
  /** Where to leave the state, and whether to go on from what is there. */
  readonly checkpointFile: string;
  readonly isResumed: boolean;
  /** Of training between two checkpoints; 20 unless given. */
  readonly checkpointSeconds?: number;
  /** Names the data and options; a checkpoint of others is refused. */
  readonly key: string;
  readonly monotonicSeconds: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
}

export interface TrainingProgress {
  readonly step: number;
  readonly loss: number;
  readonly validation: number | undefined;
  /** 0 to 1, over all stages. */
  readonly done: number;
  readonly secondsLeft: number;
}

export interface TrainedModel {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly steps: number;
  readonly seconds: number;
  /** By step over all stages: the smoothed training loss, and the loss of the validation where it was taken. */
  readonly losses: Checkpoint['losses'];
  /** The best loss of the validation, and that of the start where it came from an artefact. */
  readonly validationLoss: number | undefined;
  readonly startLoss: number | undefined;
}

/** A training under way: what the stages share. */
interface Training {
  readonly options: TrainModelOptions;
  readonly record: TrainingRecord;
  readonly judge: Judge;
}

const CHECKPOINT_SECONDS = 20;
const VALIDATIONS = 12;

/**
 * Trains through the stages; the best averaged parameters by the validation win, or those of a start that was better.
 *
 * An abort leaves a checkpoint and throws the signal's reason; a finished training removes it. With steps the same seed
 * gives the same bits on one machine.
 */
export async function trainModel(options: TrainModelOptions): Promise<TrainedModel> {
  const kept = await keptCheckpoint(options);
  const record = new TrainingRecord(kept);
  const judge = new Judge(validationSampler(options), kept);
  const training = { options, record, judge };
  let trainer: Trainer | undefined;
  for (let stage = kept?.stage ?? 0; stage < options.stages.length; stage++) {
    const midStage = trainer === undefined ? kept : undefined;
    record.beginStage(midStage);
    trainer = await stageTrainer(training, stage, trainer, midStage);
    await learnStage(training, stage, trainer);
  }
  if (trainer === undefined) {
    throw new RangeError('a training needs a stage');
  }
  await rm(options.checkpointFile, { force: true });
  return {
    parameters: judge.best === undefined ? trainer.session.averaged() : trainer.session.named(judge.best),
    steps: record.steps,
    seconds: record.seconds,
    losses: record.losses,
    validationLoss: judge.bestLoss,
    startLoss: judge.startLoss,
  };
}

async function keptCheckpoint({ isResumed, checkpointFile, key }: TrainModelOptions): Promise<Checkpoint | undefined> {
  const kept = isResumed ? await readCheckpoint(checkpointFile) : undefined;
  if (kept !== undefined && kept.key !== key) {
    throw new HeadroomError('MODEL_CHECKPOINT_INVALID', {
      file: checkpointFile,
      reason: 'it was left by a training with other data or options',
    });
  }
  return kept;
}

function validationSampler({ validation, trainer }: TrainModelOptions): WindowSampler | undefined {
  return validation.length === 0
    ? undefined
    : new WindowSampler(validation, { ...trainer, syntheticShare: 0, isAugmented: false });
}

/** A trainer with the stage's options, which goes on from the checkpoint, the stage before, or the start. */
async function stageTrainer(
  { options, judge }: Training,
  index: number,
  former: Trainer | undefined,
  midStage: Checkpoint | undefined
): Promise<Trainer> {
  const { dropout, syntheticShare, usesAll } = options.stages[index]!;
  const trainer = await Trainer.create(usesAll ? options.all : options.sources, {
    ...options.trainer,
    ...(dropout === undefined ? {} : { dropout }),
    ...(syntheticShare === undefined ? {} : { syntheticShare }),
    seed: options.trainer.seed + index,
  });
  const { session } = trainer;
  if (midStage !== undefined) {
    session.load(midStage.state);
  } else if (former !== undefined) {
    session.loadParameters(judge.best === undefined ? former.session.averaged() : session.named(judge.best));
  } else if (options.from !== undefined) {
    session.loadParameters(options.from);
    if (!usesAll) {
      await judge.judgeStart(trainer);
    }
  }
  return trainer;
}

async function learnStage(training: Training, index: number, trainer: Trainer): Promise<void> {
  const { options, record, judge } = training;
  const stage = options.stages[index]!;
  const doneNow = (): number => doneOf(stage, record.stageSteps, record.stageSeconds);
  let validations = Math.floor(VALIDATIONS * doneNow());
  let savedAtSeconds = record.seconds;
  while (doneNow() < 1) {
    await setImmediate();
    if (options.signal.aborted) {
      await leaveCheckpoint(training, index, trainer);
      options.signal.throwIfAborted();
    }
    await learnStep(training, stage, trainer);
    const isDue = !stage.usesAll && Math.floor(VALIDATIONS * doneNow()) > validations;
    validations = Math.max(validations, Math.floor(VALIDATIONS * doneNow()));
    record.note(isDue ? await judge.judge(trainer) : undefined);
    if (record.seconds - savedAtSeconds > (options.checkpointSeconds ?? CHECKPOINT_SECONDS)) {
      savedAtSeconds = record.seconds;
      await leaveCheckpoint(training, index, trainer);
    }
    options.onProgress(progressOf(training, index, doneNow()));
  }
  if (stage.usesAll) {
    judge.take(trainer);
  }
}

async function learnStep({ options, record }: Training, stage: TrainingStage, trainer: Trainer): Promise<void> {
  const { monotonicSeconds } = options;
  const started = monotonicSeconds();
  const done = doneOf(stage, record.stageSteps, record.stageSeconds);
  const { loss } = await trainer.step(learningRateAt(stage.learningRate, record.stageSteps, done));
  if (!Number.isFinite(loss)) {
    throw new HeadroomError('MODEL_TRAINING_DIVERGED', { step: trainer.session.stepCount });
  }
  record.addStep(loss, monotonicSeconds() - started);
}

function leaveCheckpoint({ options, record, judge }: Training, stage: number, trainer: Trainer): Promise<void> {
  const { checkpointFile, key } = options;
  return writeCheckpoint(checkpointFile, { key, stage, ...record.kept(), ...judge.kept(), state: trainer.state() });
}

function progressOf({ options, record, judge }: Training, index: number, done: number): TrainingProgress {
  return {
    step: record.steps,
    loss: record.smoothLoss,
    validation: judge.bestLoss,
    done: (index + done) / options.stages.length,
    secondsLeft: done > 0 ? (record.stageSeconds / done) * (1 - done) : Number.NaN,
  };
}
