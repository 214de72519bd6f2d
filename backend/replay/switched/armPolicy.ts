import type { Series } from '../../timeseries/index.ts';
import { judgedHeadroom } from '../capped/judgedHeadroom.ts';
import { warmupFloors } from '../capped/warmupFloors.ts';
import type { NearFloors } from '../nearFloors.ts';
import { headroomPolicy } from '../policies/headroomPolicy.ts';
import { outsetOf, plainPolicies } from '../policies/plainPolicies.ts';
import { relaxedTarget } from '../relaxedTarget.ts';
import type { ReplayClock } from '../replayClock.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

/** What one arm runs; a risk or a target that is not given is the service's. */
export type ArmSetting =
  | { readonly policy: 'headroom' | 'headroom-floor-only'; readonly risk?: number }
  | { readonly policy: 'model'; readonly floors: Pick<NearFloors, 'at'> }
  | { readonly policy: 'hpa'; readonly targetUtilization?: number }
  | { readonly policy: 'static' | 'seasonal' | 'crane' | 'holt-winters' };

/** Makes the policy of an arm anew, with nothing remembered; yields now and then. */
export type ArmMaker = () => Generator<undefined, ReplayPolicy>;

/** The maker of an arm's policies from the first row of the clock on; yields rows forecast, which is done once. */
export function* armMaker(
  trace: Series,
  clock: ReplayClock,
  service: ReplayService,
  setting: ArmSetting
): Generator<number, ArmMaker> {
  const { targetUtilization } = service.hpa;
  const outset = outsetOf(trace, clock, service, targetUtilization);
  const above = (floors: Pick<NearFloors, 'at'>, target: number): ArmMaker =>
    plainly(() => headroomPolicy(trace, service, { floors, risk: 0, targetUtilization: target, outset }));
  const { policy } = setting;
  switch (policy) {
    case 'headroom': {
      const floors = yield* warmupFloors(trace, clock, service, [setting.risk ?? service.risk]);
      const own = { floors, risk: 0, relaxedTarget: relaxedTarget(service) };
      return () => judgedHeadroom(trace, clock.firstRow, service, own);
    }
    case 'headroom-floor-only':
      return above(yield* warmupFloors(trace, clock, service, [setting.risk ?? service.risk]), targetUtilization);
    case 'model':
      return above(setting.floors, relaxedTarget(service));
    case 'hpa':
      return plainly(() => plainPolicies(trace, clock, service).hpa(setting.targetUtilization));
    default:
      return plainly(() => plainPolicies(trace, clock, service)[policy]());
  }
}

function plainly(make: () => ReplayPolicy): ArmMaker {
  return function* () {
    yield;
    return make();
  };
}
