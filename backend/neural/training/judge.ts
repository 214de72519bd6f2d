import type { Checkpoint } from './checkpoint.ts';
import type { Trainer } from './trainer.ts';
import type { WindowSampler } from './windowSampler.ts';

const VALIDATION_BATCHES = 8;
const VALIDATION_SEED = 1_000_003;

/** Remembers the best averaged parameters by the validation, whose batches are always the same. */
export class Judge {
  readonly #sampler: WindowSampler | undefined;
  #best: Float32Array | undefined;
  #bestLoss: number | undefined;
  #startLoss: number | undefined;

  /** Without a `sampler` nothing is validated. */
  constructor(sampler: WindowSampler | undefined, kept: Checkpoint | undefined) {
    this.#sampler = sampler;
    this.#best = kept?.best;
    this.#bestLoss = kept?.bestLoss ?? undefined;
    this.#startLoss = kept?.startLoss ?? undefined;
  }

  get best(): Float32Array | undefined {
    return this.#best;
  }

  get bestLoss(): number | undefined {
    return this.#bestLoss;
  }

  get startLoss(): number | undefined {
    return this.#startLoss;
  }

  /** Takes the parameters that a training starts from as the first best. */
  async judgeStart(trainer: Trainer): Promise<void> {
    this.#startLoss = await this.judge(trainer);
  }

  /** The loss of the parameters as they are; they are kept where it is the smallest so far. */
  async judge(trainer: Trainer): Promise<number | undefined> {
    if (this.#sampler === undefined) {
      return undefined;
    }
    const loss = await trainer.validate(this.#sampler, VALIDATION_SEED, VALIDATION_BATCHES);
    if (this.#bestLoss === undefined || loss < this.#bestLoss) {
      this.#bestLoss = loss;
      this.#best = trainer.session.flatAverage();
    }
    return loss;
  }

  /** Takes the parameters as they are, unvalidated: they have learnt from all there is. */
  take(trainer: Trainer): void {
    this.#best = trainer.session.flatAverage();
  }

  kept(): Pick<Checkpoint, 'best' | 'bestLoss' | 'startLoss'> {
    return { best: this.#best, bestLoss: this.#bestLoss ?? null, startLoss: this.#startLoss ?? null };
  }
}
