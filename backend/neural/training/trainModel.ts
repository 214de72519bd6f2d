import { rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { HeadroomError } from '../../errors/index.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { learningRateAt } from './schedule.ts';
import { Trainer, type TrainerOptions } from './trainer.ts';
import type { TrainingSource } from './trainingSource.ts';
import { WindowSampler } from './windowSampler.ts';

/** One stretch of training with a learning rate that rises and falls; ends after so many steps or so much time. */
export interface TrainingStage {
  readonly steps?: number;
  readonly seconds?: number;
  readonly learningRate: number;
  /** Whether it learns from what the other stages are validated on too; then it is not validated itself. */
  readonly usesAll: boolean;
  /** In place of the trainer's own. */
  readonly dropout?: number;
  readonly syntheticShare?: number;
}

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

const CHECKPOINT_SECONDS = 20;
const VALIDATIONS = 12;
const VALIDATION_BATCHES = 8;
const VALIDATION_SEED = 1_000_003;
const SMOOTHING = 0.02;
const LOGGED_STEPS = 50;

/**
 * Trains through the stages; the best averaged parameters by the validation win, or those of a start that was better.
 *
 * An abort leaves a checkpoint and throws the signal's reason; a finished training removes it. With steps the same seed
 * gives the same bits on one machine.
 */
export async function trainModel(options: TrainModelOptions): Promise<TrainedModel> {
  const { trainer: trainerOptions, stages, checkpointFile, monotonicSeconds, signal, onProgress } = options;
  const kept = options.isResumed ? await readCheckpoint(checkpointFile) : undefined;
  if (kept !== undefined && kept.key !== options.key) {
    throw new HeadroomError('MODEL_CHECKPOINT_INVALID', {
      file: checkpointFile,
      reason: 'it was left by a training with other data or options',
    });
  }
  const validation = options.validation.length === 0 ? undefined : plainSampler(options.validation, trainerOptions);
  const losses = [...(kept?.losses ?? [])];
  let best = kept?.best;
  let bestLoss = kept?.bestLoss ?? undefined;
  let startLoss = kept?.startLoss ?? undefined;
  let formerSteps = kept?.formerSteps ?? 0;
  let seconds = kept?.seconds ?? 0;
  let smooth = losses.at(-1)?.[1];
  let trainer: Trainer | undefined;

  for (const [index, stage] of stages.entries()) {
    if (index < (kept?.stage ?? 0)) {
      continue;
    }
    const isFirst = trainer === undefined;
    const former = trainer;
    trainer = await Trainer.create(stage.usesAll ? options.all : options.sources, {
      ...trainerOptions,
      ...(stage.dropout === undefined ? {} : { dropout: stage.dropout }),
      ...(stage.syntheticShare === undefined ? {} : { syntheticShare: stage.syntheticShare }),
      seed: trainerOptions.seed + index,
    });
    const isMidStage = kept?.stage === index && isFirst;
    if (isMidStage) {
      trainer.session.load(kept.state);
    } else if (former !== undefined) {
      trainer.session.loadParameters(best === undefined ? former.session.averaged() : trainer.session.named(best));
    } else if (options.from !== undefined) {
      trainer.session.loadParameters(options.from);
    }
    if (isFirst && !isMidStage && !stage.usesAll && options.from !== undefined && validation !== undefined) {
      startLoss = await trainer.validate(validation, VALIDATION_SEED, VALIDATION_BATCHES);
      bestLoss = startLoss;
      best = trainer.session.flatAverage();
    }
    let stageSteps = isMidStage ? kept.stageSteps : 0;
    let stageSeconds = isMidStage ? kept.stageSeconds : 0;
    let savedSeconds = 0;
    let validations = Math.floor(VALIDATIONS * doneOf(stage, stageSteps, stageSeconds));
    const checkpoint = (): Promise<void> =>
      writeCheckpoint(checkpointFile, {
        key: options.key,
        stage: index,
        formerSteps,
        stageSteps,
        stageSeconds,
        seconds,
        losses,
        bestLoss: bestLoss ?? null,
        startLoss: startLoss ?? null,
        best,
        state: trainer!.state(),
      });
    for (let done = doneOf(stage, stageSteps, stageSeconds); done < 1;) {
      await setImmediate();
      if (signal.aborted) {
        await checkpoint();
        signal.throwIfAborted();
      }
      const started = monotonicSeconds();
      const { loss } = await trainer.step(learningRateAt(stage.learningRate, stageSteps, done));
      if (!Number.isFinite(loss)) {
        throw new HeadroomError('MODEL_TRAINING_DIVERGED', { step: trainer.session.stepCount });
      }
      smooth = smooth === undefined ? loss : smooth + SMOOTHING * (loss - smooth);
      stageSteps++;
      const took = monotonicSeconds() - started;
      stageSeconds += took;
      seconds += took;
      savedSeconds += took;
      done = doneOf(stage, stageSteps, stageSeconds);
      let validated: number | undefined;
      if (!stage.usesAll && validation !== undefined && Math.floor(VALIDATIONS * done) > validations) {
        validations = Math.floor(VALIDATIONS * done);
        validated = await trainer.validate(validation, VALIDATION_SEED, VALIDATION_BATCHES);
        if (bestLoss === undefined || validated < bestLoss) {
          bestLoss = validated;
          best = trainer.session.flatAverage();
        }
      }
      if (validated !== undefined || stageSteps % LOGGED_STEPS === 0) {
        losses.push([formerSteps + stageSteps, smooth, validated ?? null]);
      }
      if (savedSeconds > CHECKPOINT_SECONDS) {
        savedSeconds = 0;
        await checkpoint();
      }
      const overall = (index + done) / stages.length;
      onProgress({
        step: formerSteps + stageSteps,
        loss: smooth,
        validation: bestLoss,
        done: overall,
        secondsLeft: done > 0 ? (stageSeconds / done) * (1 - done) : Number.NaN,
      });
    }
    if (stage.usesAll) {
      best = trainer.session.flatAverage();
    }
    formerSteps += stageSteps;
  }
  if (trainer === undefined) {
    throw new RangeError('a training needs a stage');
  }
  await rm(checkpointFile, { force: true });
  return {
    parameters: best === undefined ? trainer.session.averaged() : trainer.session.named(best),
    steps: formerSteps,
    seconds,
    losses,
    validationLoss: bestLoss,
    startLoss,
  };
}

function doneOf(stage: TrainingStage, steps: number, seconds: number): number {
  return stage.steps === undefined ? seconds / (stage.seconds ?? 0) : steps / stage.steps;
}

function plainSampler(sources: readonly TrainingSource[], options: TrainerOptions): WindowSampler {
  return new WindowSampler(sources, { ...options, syntheticShare: 0, isAugmented: false });
}
