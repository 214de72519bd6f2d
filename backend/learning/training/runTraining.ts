import { createHash } from 'node:crypto';
import {
  initializers,
  trainModel,
  type Architecture,
  type Artefact,
  type NetworkSize,
  type TrainedModel,
  type TrainingProgress,
} from '../../neural/index.ts';
import type { TrainingMaterial } from './trainingMaterial.ts';
import type { PlannedStage, TrainingPlan } from './trainingPlan.ts';

export interface TrainingRun {
  readonly plan: TrainingPlan;
  readonly architecture: Architecture;
  readonly size: NetworkSize;
  readonly seed: number;
  readonly material: readonly TrainingMaterial[];
  readonly from: Artefact | undefined;
  readonly checkpointFile: string;
  readonly checkpointSeconds?: number;
  readonly isResumed: boolean;
  /** What else than data and options tells this training from others. */
  readonly key?: unknown;
  readonly monotonicSeconds: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** Trains by a plan; throws what `trainModel` throws. */
export function runTraining(run: TrainingRun): Promise<TrainedModel> {
  const { plan, architecture, size, seed, material, from } = run;
  return trainModel({
    trainer: { ...plan, architecture, size, seed, isAugmented: true },
    stages: plan.stages.map(stageOf),
    sources: material.map(({ learning }) => learning),
    validation: material.filter(({ heldOut }) => heldOut > 0).map(({ validation }) => validation),
    all: material.map(({ all }) => all),
    ...(from === undefined ? {} : { from: initializers(from.model) }),
    checkpointFile: run.checkpointFile,
    ...(run.checkpointSeconds === undefined ? {} : { checkpointSeconds: run.checkpointSeconds }),
    isResumed: run.isResumed,
    key: keyOf(run),
    monotonicSeconds: run.monotonicSeconds,
    signal: run.signal,
    onProgress: run.onProgress,
  });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

function stageOf({ minutes, ...stage }: PlannedStage) {
  const given = Object.entries(stage).filter(([, each]) => each !== undefined);
  return {
    ...(Object.fromEntries(given) as Defined<typeof stage>),
    ...(minutes === undefined ? {} : { seconds: 60 * minutes }),
  };
}

function keyOf({ architecture, seed, plan, material, from, key }: TrainingRun): string {
  const hashes = material.map(({ sha256 }) => sha256);
  const parts = [architecture, seed, plan, hashes, from?.manifest.sha256 ?? null, key ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
