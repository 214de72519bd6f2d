import { join } from 'node:path';
import { ACCOUNT_VOCABULARY, trainModel, writeArtefact, type TrainingSource } from '../../neural/index.ts';
import type { History } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';

const SIZE = { width: 16, layers: 1, decoderLayers: 1 };

/** A network of a few thousand parameters that has learnt next to nothing, so that any tune betters it; and its folder. */
export async function writeTinyArtefact(folder: string, version = '1.0.0'): Promise<string> {
  const out = join(folder, 'lstm', version);
  const nothing: TrainingSource[] = [];
  const { parameters } = await trainModel({
    trainer: {
      ...{ architecture: 'lstm', size: SIZE, seed: 1, windowCount: 8, queryCount: 2, dropout: 0, weightDecay: 0 },
      ...{ averageKept: 0.9, syntheticShare: 1, isAugmented: false },
    },
    stages: [{ steps: 1, learningRate: 1e-6, usesAll: false }],
    ...{ sources: nothing, validation: nothing, all: nothing },
    checkpointFile: join(folder, `tiny-${version}.checkpoint`),
    isResumed: false,
    key: 'tiny',
    monotonicSeconds: () => 0,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await writeArtefact(out, {
    ...{ name: 'lstm', version, architecture: 'lstm', size: SIZE, seed: 1, steps: 1, seconds: 0, data: [], scores: [] },
    vocabulary: ACCOUNT_VOCABULARY,
    parameters,
  });
  return out;
}

/** Half-hours of a service with a day in it. */
export function halfHours(length: number, seed = 1): History {
  const random = seededRandom(seed);
  const values = Float64Array.from(
    { length },
    (_, t) => 100 + 40 * Math.sin((2 * Math.PI * t) / 48) + 4 * randomNormal(random)
  );
  return { target: { grid: { startSeconds: 1_795_000_000, stepSeconds: 1800, length }, values } };
}
