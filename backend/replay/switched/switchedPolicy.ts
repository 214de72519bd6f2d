import { replicaStack } from '../../scaling/index.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

/** The two configurations that are switched between. */
export type SwitchedArm = 'a' | 'b';

export type SwitchedPolicies = Readonly<Record<SwitchedArm, ReplayPolicy>>;

/**
 * Two policies of which one is in force at a time.
 *
 * Both go on by themselves all the time, each as if it had been alone, so that what one decides does not depend on what
 * the other left behind; what serves does, by the replicas that have to start.
 */
export function switchedPolicy(
  policies: SwitchedPolicies,
  armAt: (nowSeconds: number) => SwitchedArm,
  service: ReplayService
): ReplayPolicy {
  const [a, b] = [shadowed(policies.a, service), shadowed(policies.b, service)];
  return {
    decide(moment) {
      const decided = { a: a.decide(moment), b: b.decide(moment) };
      return decided[armAt(moment.nowSeconds)];
    },
  };
}

/** A policy that sees the replicas which it asked for itself. */
function shadowed(policy: ReplayPolicy, { startSeconds, min, max }: ReplayService): ReplayPolicy {
  let stack: ReturnType<typeof replicaStack> | undefined;
  return {
    decide(moment) {
      const { nowSeconds } = moment;
      const own =
        stack === undefined ? moment : { ...moment, current: stack.desired, ready: stack.readyAt(nowSeconds) };
      const decided = Math.max(min, Math.min(max, policy.decide(own)));
      // What is asked for first is ready at once, as in every run.
      stack ??= replicaStack(startSeconds, decided);
      stack.decide(nowSeconds, decided);
      return decided;
    },
  };
}
