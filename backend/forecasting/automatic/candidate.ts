import type { LocalModel } from '../localModel.ts';

/** A model to choose from, and how much it is believed before anything is known. */
export interface Candidate {
  readonly model: LocalModel;
  readonly prior: number;
  /** It has a part only where a covariate is known over the horizon, or only where there are none but past ones. */
  readonly needsCovariates?: 'known' | 'onlyPast';
}
