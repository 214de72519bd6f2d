/** The pinball loss of `quantile` at `level` when `value` came true: half of the absolute error at level 0.5. */
export function pinballLoss(value: number, quantile: number, level: number): number {
  const difference = value - quantile;
  return difference >= 0 ? level * difference : (level - 1) * difference;
}
