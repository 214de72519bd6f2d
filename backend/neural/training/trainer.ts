import { seededRandom } from '../../random/index.ts';
import {
  buildNetwork,
  networkInputs,
  trainingLoss,
  trainingTargets,
  type Architecture,
  type NetworkSize,
} from '../architectures/index.ts';
import { TrainingSession, type Feeds, type TrainingState } from '../graph/index.ts';
import { WindowSampler, type TrainingBatch } from './windowSampler.ts';
import type { TrainingSource } from './trainingSource.ts';

export interface TrainerOptions {
  readonly architecture: Architecture;
  readonly size: NetworkSize;
  readonly seed: number;
  readonly windowCount: number;
  readonly queryCount: number;
  readonly dropout: number;
  readonly weightDecay: number;
  readonly averageKept: number;
  readonly syntheticShare: number;
  readonly isAugmented: boolean;
  /** How often each family is made up, by name; all alike unless given. */
  readonly generators?: Readonly<Record<string, number>> | undefined;
}

const RANDOM_STRIDE = 7919;

/**
 * A network in training: one step draws a batch by the seed and the step's number, so a resumed run goes on to the same
 * bits.
 */
export class Trainer {
  readonly session: TrainingSession;
  readonly #sampler: WindowSampler;
  readonly #options: TrainerOptions;

  private constructor(session: TrainingSession, sampler: WindowSampler, options: TrainerOptions) {
    this.session = session;
    this.#sampler = sampler;
    this.#options = options;
  }

  static async create(sources: readonly TrainingSource[], options: TrainerOptions): Promise<Trainer> {
    const { windowCount, queryCount, architecture, size, seed } = options;
    const session = await TrainingSession.create(
      (graph, isTraining) => {
        const inputs = networkInputs(graph, windowCount, queryCount);
        const dropout =
          isTraining && options.dropout > 0
            ? { dropout: { rate: options.dropout, seed: graph.input('seed', []) } }
            : {};
        const context = { graph, random: seededRandom(seed), ...dropout };
        const quantiles = buildNetwork(context, architecture, size, inputs);
        return trainingLoss(graph, quantiles, trainingTargets(graph, windowCount, queryCount));
      },
      { weightDecay: options.weightDecay, averageKept: options.averageKept }
    );
    return new Trainer(session, new WindowSampler(sources, options), options);
  }

  async step(learningRate: number): Promise<{ loss: number; gradientNorm: number }> {
    const random = seededRandom(this.#options.seed * RANDOM_STRIDE + this.session.stepCount + 1);
    const dropSeed = random();
    return this.session.step(feedsOf(this.#sampler.draw(random), dropSeed), learningRate);
  }

  /** The mean loss of the averaged parameters over `count` batches, which follow from `seed`. */
  async validate(sampler: WindowSampler, seed: number, count: number): Promise<number> {
    let sum = 0;
    for (let batch = 0; batch < count; batch++) {
      sum += await this.session.evaluate(feedsOf(sampler.draw(seededRandom(seed + batch)), 0));
    }
    return sum / count;
  }

  state(): TrainingState {
    return this.session.state();
  }
}

function feedsOf({ windows, target, mask, weight }: TrainingBatch, dropSeed: number): Feeds {
  const count = mask.reduce((sum, each) => sum + each, 0);
  return {
    ...windows.inputs,
    categories: windows.categories,
    target,
    mask,
    weight,
    share: Float32Array.of(1 / Math.max(1, count)),
    seed: Float32Array.of(dropSeed),
  };
}
