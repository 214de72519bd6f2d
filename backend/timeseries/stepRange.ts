/** Steps from `first` and before `end`; none where both are 0. */
export interface StepRange {
  readonly first: number;
  readonly end: number;
}

const NONE: StepRange = { first: 0, end: 0 };

/** The least range that holds every step at which the first `length` of two rows differ. */
export function differingSteps(row: Float64Array, other: Float64Array, length: number): StepRange {
  let [first, end] = [0, length];
  while (first < length && row[first] === other[first]) {
    first++;
  }
  while (end > first && row[end - 1] === other[end - 1]) {
    end--;
  }
  return first < end ? { first, end } : NONE;
}

/** The least range that holds both. */
export function unitedSteps(a: StepRange, b: StepRange): StepRange {
  if (a.first >= a.end) {
    return b;
  }
  if (b.first >= b.end) {
    return a;
  }
  return { first: Math.min(a.first, b.first), end: Math.max(a.end, b.end) };
}
