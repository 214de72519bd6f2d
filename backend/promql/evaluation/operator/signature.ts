import type { VectorMatching } from '../../ast.ts';
import type { LabelSet } from '../../labelSet.ts';

/** A function that gives equal texts for label sets that a matching pairs. */
export function signatureOf(matching: VectorMatching): (labels: LabelSet) => string {
  if (matching.isOn) {
    const names = new Set(matching.labels);
    return (labels) => labels.keep(names).key;
  }
  const ignored = new Set(['__name__', ...matching.labels]);
  return (labels) => labels.without(ignored).key;
}
