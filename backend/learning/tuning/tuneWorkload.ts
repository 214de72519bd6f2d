import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadroomError } from '../../errors/index.ts';
import {
  extendedVocabulary,
  neuralModel,
  readArtefact,
  writeArtefact,
  type Artefact,
  type Manifest,
  type TrainedModel,
  type TrainingProgress,
} from '../../neural/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import { artefactContents, runTraining } from '../training/index.ts';
import { compareOnEnd, type EndComparison } from './compareOnEnd.ts';
import { nextVersion } from './nextVersion.ts';
import { tuningMaterial, type TuningMaterial } from './tuningMaterial.ts';
import { tuningPlan } from './tuningPlan.ts';
import type { TuningResult, TuningTask } from './tuningTask.ts';
import { versionFolders } from './versionFolders.ts';

export interface TuningOptions {
  /** Where the checkpoint and the candidate stand meanwhile. */
  readonly workFolder: string;
  /** Where what is kept goes: `<name>/<version>/` below it. */
  readonly modelsFolder: string;
  /** Goes on from the checkpoint in the work folder, where there is one that fits. */
  readonly isResumed: boolean;
  readonly checkpointSeconds: number;
  /** The seconds that it has had of a core, by which its budget is counted. */
  readonly coreSeconds: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** A tune under way, and what it knows of itself. */
interface Tuning {
  readonly task: TuningTask;
  readonly options: TuningOptions;
  readonly from: Artefact;
  /** What it has to better. */
  readonly rival: Artefact;
  readonly vocabulary: Manifest['vocabulary'];
  readonly data: TuningMaterial;
}

/**
 * Tunes an artefact on a workload's own history, and keeps it as a new version only where it forecasts the end of that
 * history, which it has not seen, better than the artefact that it has to better.
 *
 * Throws MODEL_ARTEFACT_INVALID, MODEL_HISTORY_UNFIT, MODEL_TRAINING_DIVERGED, and the signal's reason when it is
 * aborted, which leaves a checkpoint in the work folder.
 */
export async function tuneWorkload(task: TuningTask, options: TuningOptions): Promise<TuningResult> {
  const from = await readArtefact(task.fromFolder);
  const rival = task.rivalFolder === undefined ? from : await readArtefact(task.rivalFolder);
  const metadata = [...task.series.values()].map((history) => history.metadata);
  const vocabulary = extendedVocabulary(from.manifest.vocabulary, metadata);
  const data = tuningMaterial(task, vocabulary);
  const tuning = { task, options, from, rival, vocabulary, data };
  await mkdir(options.workFolder, { recursive: true });
  const trained = await learn(tuning);
  const { startLoss = Number.NaN, validationLoss = Number.NaN } = trained;
  if (!(validationLoss < startLoss)) {
    return resultOf(tuning, trained, `in ${String(trained.steps)} steps it never validated better than its start`);
  }
  const candidate = join(options.workFolder, 'candidate');
  const contents = artefactContents({
    name: from.manifest.name,
    version: nextVersion(from.manifest.version, await versionFolders(join(options.modelsFolder, from.manifest.name))),
    architecture: from.manifest.architecture,
    size: from.manifest.size,
    ...{ seed: task.seed, material: [data.material], vocabulary, from, trained },
  });
  await writeArtefact(candidate, { ...contents, scores: [] });
  const tuned = neuralModel(await readArtefact(candidate));
  const { coreSeconds, signal } = options;
  const comparison = await compareOnEnd(data, tuned, neuralModel(rival), coreSeconds, signal);
  const words = inWords(tuning, comparison);
  if (!((comparison.crpsRatio ?? 1) < 1)) {
    return resultOf(tuning, trained, words, comparison);
  }
  signal.throwIfAborted();
  const folder = join(options.modelsFolder, contents.name, contents.version);
  await writeArtefact(folder, { ...contents, scores: comparison.scores });
  return { ...resultOf(tuning, trained, words, comparison), isKept: true, version: contents.version, folder };
}

async function learn({ task, options, from, data }: Tuning): Promise<TrainedModel> {
  const run = (isResumed: boolean): Promise<TrainedModel> =>
    runTraining({
      plan: tuningPlan(task.budget, task.reach),
      architecture: from.manifest.architecture,
      size: from.manifest.size,
      ...{ seed: task.seed, material: [data.material], from, isResumed },
      checkpointFile: join(options.workFolder, 'checkpoint'),
      checkpointSeconds: options.checkpointSeconds,
      key: task.workload,
      monotonicSeconds: options.coreSeconds,
      signal: options.signal,
      onProgress: options.onProgress,
    });
  try {
    return await run(options.isResumed);
  } catch (error) {
    if (error instanceof HeadroomError && error.code === 'MODEL_CHECKPOINT_INVALID') {
      return run(false);
    }
    throw error;
  }
}

function inWords({ rival, data }: Tuning, { crpsRatio }: EndComparison): string {
  const { histories, learning } = data.material;
  const end = `the last ${formatDuration(data.unseen * learning.stepSeconds)}`;
  if (crpsRatio === undefined) {
    return `${end} cannot be scored`;
  }
  const percent = Math.abs(100 * (crpsRatio - 1)).toFixed(1);
  const side = crpsRatio < 1 ? 'better' : 'worse';
  const other = `${rival.manifest.name} ${rival.manifest.version}`;
  return `${end} of ${String(histories.size)} series it forecasts ${percent} % ${side} than ${other} (CRPS)`;
}

function resultOf(
  { from, data }: Tuning,
  { steps, seconds, startLoss, validationLoss }: TrainedModel,
  reason: string,
  comparison?: EndComparison
): TuningResult {
  return {
    isKept: false,
    reason,
    name: from.manifest.name,
    version: null,
    folder: null,
    tunedFrom: `${from.manifest.name} ${from.manifest.version}`,
    steps,
    seconds,
    startLoss: startLoss ?? null,
    validationLoss: validationLoss ?? null,
    crpsRatio: comparison?.crpsRatio ?? null,
    series: [...data.material.histories.keys()],
    leftOut: data.leftOut,
  };
}
