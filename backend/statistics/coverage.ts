/** How many measured truths lie within `[lower, upper]`, ends included, and how many are measured at all. */
export function coverage(
  truth: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>
): { readonly inside: number; readonly count: number } {
  let inside = 0;
  let count = 0;
  for (let i = 0; i < truth.length; i++) {
    const value = truth[i]!;
    if (!Number.isNaN(value)) {
      count++;
      inside += value >= lower[i]! && value <= upper[i]! ? 1 : 0;
    }
  }
  return { inside, count };
}
