import type { Aggregation } from '../../ast.ts';
import { LabelSet } from '../../labelSet.ts';
import type { VectorSeries } from '../value.ts';

/** Input series that are aggregated into one. */
export interface Group {
  readonly labels: LabelSet;
  readonly members: VectorSeries[];
}

/** Divides series by the grouping labels, in order of first appearance. */
export function groupSeries(
  series: readonly VectorSeries[],
  { grouping, isWithout }: Pick<Aggregation, 'grouping' | 'isWithout'>
): Group[] {
  const names = new Set(isWithout ? ['__name__', ...grouping] : grouping);
  const groups = new Map<string, Group>();
  for (const one of series) {
    const labels = isWithout ? one.labels.without(names) : names.size === 0 ? LabelSet.EMPTY : one.labels.keep(names);
    const group = groups.get(labels.key);
    if (group === undefined) {
      groups.set(labels.key, { labels, members: [one] });
    } else {
      group.members.push(one);
    }
  }
  return [...groups.values()];
}
