import { compareLabelSets } from '../../labelSet.ts';
import type { VectorSeries } from '../value.ts';
import { isNaturallyBefore } from './naturalOrder.ts';

/** By the value of the only step, NaN last; `sign` -1 for descending. */
export function sortByValue(series: readonly VectorSeries[], sign: 1 | -1): VectorSeries[] {
  return series.toSorted((a, b) => {
    const left = a.values[0]!;
    const right = b.values[0]!;
    if (Number.isNaN(left) || Number.isNaN(right)) {
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
    }
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

/** By the values of labels in natural order, then by all labels; `sign` -1 for descending. */
export function sortByLabels(series: readonly VectorSeries[], names: readonly string[], sign: 1 | -1): VectorSeries[] {
  return series.toSorted((a, b) => {
    for (const name of names) {
      const left = a.labels.get(name);
      const right = b.labels.get(name);
      if (left !== right) {
        return isNaturallyBefore(left, right) ? -sign : sign;
      }
    }
    return sign * compareLabelSets(a.labels, b.labels);
  });
}
