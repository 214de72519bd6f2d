import { policyReach, type ScaleLimits } from '../../../contract/index.ts';
import type { PastChange } from './scalingSituation.ts';

/** `wanted` as far as the limits let the floor go from `standing` now, given the changes so far. Source: Kubernetes' HPA. */
export function reachable(
  wanted: number,
  standing: number,
  nowSeconds: number,
  limits: ScaleLimits | undefined,
  past: readonly PastChange[]
): number {
  const isUp = wanted > standing;
  const { selectPolicy = 'Max', policies = [] } = (isUp ? limits?.scaleUp : limits?.scaleDown) ?? {};
  if (wanted === standing || (selectPolicy !== 'Disabled' && policies.length === 0)) {
    return wanted;
  }
  if (selectPolicy === 'Disabled') {
    return standing;
  }
  const reached = policies.map((policy) => {
    const since = nowSeconds - policy.periodSeconds;
    const changed = past.reduce((sum, { atSeconds, from, to }) => sum + (atSeconds > since ? to - from : 0), 0);
    return policyReach(policy, standing - changed, isUp);
  });
  const furthest = (selectPolicy === 'Max') === isUp ? Math.max(...reached) : Math.min(...reached);
  // What changed before may lie beyond a limit already; a limit turns nothing round.
  return isUp ? Math.min(wanted, Math.max(standing, furthest)) : Math.max(wanted, Math.min(standing, furthest), 0);
}
