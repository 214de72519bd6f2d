/** The least number of two significant digits that `highest` is not above: an axis that stands still while a slider moves a little. */
export function axisTop(highest: number): number {
  if (!(highest > 0)) {
    return 0;
  }
  const unit = 10 ** (Math.floor(Math.log10(highest)) - 1);
  return Math.ceil(highest / unit - 1e-9) * unit;
}
