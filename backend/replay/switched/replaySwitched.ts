import type { Series } from '../../timeseries/index.ts';
import { outsetOf } from '../policies/plainPolicies.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';
import { runPolicy, type PolicyRun } from '../runPolicy.ts';
import { armMaker, type ArmMaker, type ArmSetting } from './armPolicy.ts';
import { switchedPolicy, type SwitchedArm } from './switchedPolicy.ts';

/** Two arms are forecast and run alone, then switched. */
const PARTS = 5;

export interface SwitchedInput {
  readonly trace: Series;
  /** The rows before are learnt from, not played. */
  readonly firstRow: number;
  readonly service: ReplayService;
  readonly arms: Readonly<Record<SwitchedArm, ArmSetting>>;
  readonly armAt: (nowSeconds: number) => SwitchedArm;
}

/** What came of switching, and of each arm had it run alone all the time. */
export interface SwitchedRuns {
  readonly switched: PolicyRun;
  readonly alone: Readonly<Record<SwitchedArm, PolicyRun>>;
}

/** Plays a trace with two policies that are switched between, and with each alone; yields the share that is done. */
export function* replaySwitched({
  trace,
  firstRow,
  service,
  arms,
  armAt,
}: SwitchedInput): Generator<number, SwitchedRuns> {
  const clock = replayClock(trace, firstRow, service);
  const outset = outsetOf(trace, clock, service, service.hpa.targetUtilization);
  let done = 0;
  function* part<T>(steps: Generator<number | undefined, T>): Generator<number, T> {
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done === true) {
        done++;
        return next.value;
      }
      // Those before the first decision are forecast apart, so that rows may come twice.
      yield (done + Math.min(1, (next.value ?? 0) / trace.grid.length)) / PARTS;
    }
  }
  function* alone(maker: ArmMaker): Generator<undefined, PolicyRun> {
    return yield* runPolicy(yield* maker(), clock, service, outset);
  }
  const makers = {
    a: yield* part(armMaker(trace, clock, service, arms.a)),
    b: yield* part(armMaker(trace, clock, service, arms.b)),
  };
  const runs = { a: yield* part(alone(makers.a)), b: yield* part(alone(makers.b)) };
  function* both(): Generator<undefined, PolicyRun> {
    const policies = { a: yield* makers.a(), b: yield* makers.b() };
    return yield* runPolicy(switchedPolicy(policies, armAt, service), clock, service, outset);
  }
  return { alone: runs, switched: yield* part(both()) };
}
