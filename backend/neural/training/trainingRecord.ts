import type { Checkpoint } from './checkpoint.ts';

const SMOOTHING = 0.02;
const LOGGED_STEPS = 50;

/** What a training has come to so far, over all its stages. */
export class TrainingRecord {
  readonly losses: Array<Checkpoint['losses'][number]>;
  #smoothLoss: number | undefined;
  #formerSteps: number;
  #stageSteps = 0;
  #stageSeconds = 0;
  #seconds: number;

  constructor(kept: Checkpoint | undefined) {
    this.losses = [...(kept?.losses ?? [])];
    this.#smoothLoss = this.losses.at(-1)?.[1];
    this.#formerSteps = kept?.formerSteps ?? 0;
    this.#seconds = kept?.seconds ?? 0;
  }

  get stageSteps(): number {
    return this.#stageSteps;
  }

  get stageSeconds(): number {
    return this.#stageSeconds;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /** Over all stages. */
  get steps(): number {
    return this.#formerSteps + this.#stageSteps;
  }

  get smoothLoss(): number {
    return this.#smoothLoss ?? Number.NaN;
  }

  /** Begins a stage, or goes on in the one that was kept. */
  beginStage(kept: Checkpoint | undefined): void {
    this.#formerSteps += this.#stageSteps;
    this.#stageSteps = kept?.stageSteps ?? 0;
    this.#stageSeconds = kept?.stageSeconds ?? 0;
  }

  addStep(loss: number, seconds: number): void {
    this.#smoothLoss = this.#smoothLoss === undefined ? loss : this.#smoothLoss + SMOOTHING * (loss - this.#smoothLoss);
    this.#stageSteps++;
    this.#stageSeconds += seconds;
    this.#seconds += seconds;
  }

  /** Notes the loss where it is due: with each validation, and every so many steps. */
  note(validated: number | undefined): void {
    if (validated !== undefined || this.#stageSteps % LOGGED_STEPS === 0) {
      this.losses.push([this.steps, this.smoothLoss, validated ?? null]);
    }
  }

  kept(): Pick<Checkpoint, 'formerSteps' | 'stageSteps' | 'stageSeconds' | 'seconds' | 'losses'> {
    return {
      formerSteps: this.#formerSteps,
      stageSteps: this.#stageSteps,
      stageSeconds: this.#stageSeconds,
      seconds: this.#seconds,
      losses: this.losses,
    };
  }
}
