import type { LocalModel } from '../localModel.ts';

/** A model to choose from, and how much it is believed before anything is known. */
export interface Candidate {
  readonly model: LocalModel;
  readonly prior: number;
}
