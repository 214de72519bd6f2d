import type { SourceLabels } from '../../../contract/index.ts';
import type { Labels } from '../../timeseries/index.ts';

const MOST_VALUES = 500;

/** Label sets by label: each with its values, 500 at most, in alphabetical order, the metric's name left out. */
export function labelsOf(sets: readonly Labels[]): SourceLabels['labels'] {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of sets.flatMap((set) => Object.entries(set))) {
    if (name !== '__name__') {
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  return [...values]
    .map(([name, each]) => ({ name, values: [...each].sort().slice(0, MOST_VALUES) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
