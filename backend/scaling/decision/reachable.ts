import type { ScaleLimits } from '../../../contract/index.ts';
import type { HpaRules } from '../hpa/hpaBehavior.ts';
import { scaleEvents } from '../hpa/scaleEvents.ts';
import type { PastChange } from './scalingSituation.ts';

type DirectionLimits = NonNullable<ScaleLimits['scaleUp']>;

/** `wanted` as far as the limits let the floor go from `standing` now, given the changes so far. Source: Kubernetes' HPA. */
export function reachable(
  wanted: number,
  standing: number,
  nowSeconds: number,
  limits: ScaleLimits | undefined,
  past: readonly PastChange[]
): number {
  const direction = wanted > standing ? limits?.scaleUp : limits?.scaleDown;
  const rules = direction && rulesOf(direction);
  if (rules === undefined || wanted === standing) {
    return wanted;
  }
  const events = scaleEvents(Number.POSITIVE_INFINITY);
  for (const { atSeconds, from, to } of past) {
    events.note(atSeconds, to - from);
  }
  return wanted > standing
    ? Math.min(wanted, events.most(nowSeconds, standing, rules))
    : Math.max(wanted, events.least(nowSeconds, standing, rules));
}

/** Undefined where nothing limits that direction. */
function rulesOf({ selectPolicy = 'Max', policies = [] }: DirectionLimits): HpaRules | undefined {
  if (selectPolicy !== 'Disabled' && policies.length === 0) {
    return undefined;
  }
  return {
    stabilizationSeconds: 0,
    select: selectPolicy === 'Disabled' ? 'disabled' : selectPolicy === 'Min' ? 'min' : 'max',
    policies: policies.map(({ type, value, periodSeconds }) => ({
      kind: type === 'Pods' ? 'pods' : 'percent',
      value,
      periodSeconds,
    })),
  };
}
