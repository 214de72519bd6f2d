import { needScale } from '../needScale.ts';
import { stepNeed } from '../stepNeed.ts';
import type { ScenarioReport, WhatIfService } from './whatIfTypes.ts';

/** Replicas that are enough with probability 1 - risk where `needs`, `[step][path]`, are needed. */
export function askedReplicas(
  { pathCount, stepCount }: { readonly pathCount: number; readonly stepCount: number },
  needs: Int32Array,
  { min, max, risk }: WhatIfService
): NonNullable<ScenarioReport['asked']> {
  const futures = [{ pathCount, stepCount, needs, weight: 1 }];
  const scale = needScale(futures, min, max);
  const counts = Array.from({ length: stepCount }, (_, step) => stepNeed(futures, step, scale, max).quantile(1 - risk));
  return { first: counts[0]!, peak: counts.reduce((most, count) => Math.max(most, count)) };
}
