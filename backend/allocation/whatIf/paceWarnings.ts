import { formatDuration, type TimeGrid } from '../../timeseries/index.ts';
import { limitedCounts } from '../limits/limitedCounts.ts';
import type { CountedPlan } from './planCounts.ts';
import type { WhatIfService } from './whatIfTypes.ts';

/** Which of the given plans change faster than the service's limits allow, and where first. */
export function paceWarnings(
  plans: readonly CountedPlan[],
  { stepSeconds }: TimeGrid,
  { limits, min, max, current }: WhatIfService
): readonly string[] {
  return plans.flatMap(({ name, counts }) => {
    const possible = limitedCounts(counts, { limits, min, max, stepSeconds, before: () => current });
    const step = possible.findIndex((count, index) => count !== counts[index]);
    return step < 0
      ? []
      : [
          `Plan ${name} changes faster than limits allow: ${formatDuration((step + 1) * stepSeconds)} from now it has ${String(counts[step]!)} replicas where ${String(possible[step]!)} would be within them; it is judged as it is`,
        ];
  });
}
