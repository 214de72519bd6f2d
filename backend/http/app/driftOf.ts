import type { Drift } from '../../../contract/index.ts';
import type { WorkloadView } from '../../control/index.ts';
import { driftWords } from '../../learning/index.ts';

/** The verdict on each series of a workload, as on the wire. */
export function driftOf({ drifts }: WorkloadView): Drift[] {
  return [...(drifts ?? [])].map(([resource, verdict]) => {
    const { kind, isConfirmed, sinceSeconds, size, evidence } = verdict;
    return {
      ...{ resource, kind, isConfirmed, since: sinceSeconds, words: driftWords(verdict) },
      offset: size !== null && 'offset' in size ? size.offset : null,
      ratio: size !== null && 'ratio' in size ? size.ratio : null,
      factor: size !== null && 'factor' in size ? size.factor : null,
      rise: size !== null && 'rise' in size ? size.rise : null,
      statistic: evidence?.statistic ?? null,
      threshold: evidence?.threshold ?? null,
      alarmDays: evidence?.alarmDays ?? null,
    };
  });
}
