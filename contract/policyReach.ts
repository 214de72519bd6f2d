import type { ScaleLimits } from './scaleLimits.ts';

export type ScalePolicy = NonNullable<NonNullable<ScaleLimits['scaleUp']>['policies']>[number];

/**
 * The furthest count that one policy lets replicas reach from `start`, the replicas at the beginning of its period: upwards
 * rounded up, downwards to zero, in whole numbers. Source: Kubernetes' HPA, whose percents round as floats do.
 */
export function policyReach({ type, value }: ScalePolicy, start: number, isUp: boolean): number {
  if (type === 'Pods') {
    return isUp ? start + value : start - value;
  }
  return isUp ? Math.ceil((start * (100 + value)) / 100) : Math.trunc((start * (100 - value)) / 100);
}
