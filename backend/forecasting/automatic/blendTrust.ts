/** How far a rehearsal on one series moves the blend away from what was believed before. */
export interface BlendTrust {
  /** Of the weights: how far each step of the gradient goes. */
  readonly learningRate: number;
  /** A rehearsal over fewer steps moves the weights less, in proportion. */
  readonly fullTrustSteps: number;
  /** Of the calibration: as many independent errors of the rehearsal count half. */
  readonly priorErrors: number;
}

export const DEFAULT_TRUST: BlendTrust = { learningRate: 0.5, fullTrustSteps: 1, priorErrors: 5 };
