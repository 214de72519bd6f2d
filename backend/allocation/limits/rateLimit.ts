import { policyReach, type ScaleLimits } from '../../../contract/index.ts';

type Direction = NonNullable<ScaleLimits['scaleUp']>;

/** What one policy makes of the replicas at the start of its period, `[policy]`, and which of them counts. */
export interface RateLimit {
  readonly isDisabled: boolean;
  readonly isSmallest: boolean;
  readonly policies: ReadonlyArray<{
    readonly periodSeconds: number;
    /** The furthest count that may be reached from `start`. */
    readonly reach: (start: number) => number;
    /** The least start from which `count` is reached; only upwards. */
    readonly least: (count: number) => number;
  }>;
}

/** How replicas may change upwards or downwards; undefined where nothing limits them. Source: Kubernetes' HPA. */
export function rateLimit(direction: Direction | undefined, isUp: boolean): RateLimit | undefined {
  const { selectPolicy = 'Max', policies = [] } = direction ?? {};
  const isDisabled = selectPolicy === 'Disabled';
  if (!isDisabled && policies.length === 0) {
    return undefined;
  }
  return {
    isDisabled,
    isSmallest: selectPolicy === 'Min',
    policies: policies.map((policy) => {
      const { type, value, periodSeconds } = policy;
      const reach = (start: number) => policyReach(policy, start, isUp);
      const least = (count: number) => {
        let start = type === 'Pods' ? count - value : Math.floor((count * 100) / (100 + value));
        while (start > 0 && reach(start - 1) >= count) {
          start--;
        }
        while (reach(start) < count) {
          start++;
        }
        return Math.max(0, start);
      };
      return { periodSeconds, reach, least };
    }),
  };
}
