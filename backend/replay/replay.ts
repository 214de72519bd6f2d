import type { ServiceModel } from '../simulation/index.ts';
import type { Series } from '../timeseries/index.ts';
import { judgedHeadroom } from './capped/judgedHeadroom.ts';
import { warmupFloors } from './capped/warmupFloors.ts';
import { judgedClone, type JudgedClone } from './cloned/judgedClone.ts';
import { compareFrontiers, type Comparison, type SweptPoint } from './compareFrontiers.ts';
import { latencyOf } from './latencyOf.ts';
import { nearFloors, type NearFloors } from './nearFloors.ts';
import type { CappedPolicy, CapUse } from './policies/cappedPolicy.ts';
import { clonedPolicy, type ClonedUse } from './policies/clonedPolicy.ts';
import { headroomPolicy } from './policies/headroomPolicy.ts';
import { outsetOf, plainPolicies } from './policies/plainPolicies.ts';
import { relaxedTarget } from './relaxedTarget.ts';
import { replayClock } from './replayClock.ts';
import type { ReplayPolicy } from './replayPolicy.ts';
import type { PolicyResult, PolicySetting, ReplayPolicyName, ReplayReport } from './replayReport.ts';
import type { ReplayService } from './replayService.ts';
import { runPolicy, type PolicyRun } from './runPolicy.ts';
import { scorePolicy } from './scorePolicy.ts';

/** HPA targets of a sweep. */
export const SWEPT_TARGETS: readonly number[] = Array.from({ length: 14 }, (_, i) => (30 + 5 * i) / 100);

/** Risks of a sweep; the smallest stand for "as good as never". */
export const SWEPT_RISKS: readonly number[] = [
  0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.07, 0.05, 0.04, 0.03, 0.02, 0.015, 0.01, 0.007, 0.005, 0.003, 0.002, 0.0015, 0.001,
  0.0007, 0.0005, 0.0003, 0.0002, 0.0001, 0.00005, 0.00002, 0.00001, 0.000005,
];

const COMPARED_TARGETS = [0.5, 0.6, 0.7];

export interface ReplayInput {
  /** The whole trace; its first `firstRow` rows are the warm-up. */
  readonly trace: Series;
  readonly firstRow: number;
  readonly service: ReplayService;
  readonly model?: ServiceModel;
  readonly policies: readonly ReplayPolicyName[];
  readonly isSweep: boolean;
  /** Replicas that were really asked for, `[row]` as the trace, which `cloned` imitates; the reactive HPA's without it. */
  readonly replicas?: Float64Array;
}

/** How far a replay is. */
export interface ReplayProgress {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

const usesFloors = (policy: ReplayPolicyName): boolean => policy.startsWith('headroom');

/** Replays a trace against policies in virtual time; a sweep lets HPA and Headroom run at many settings and compares them. */
export function* replay(input: ReplayInput): Generator<ReplayProgress, ReplayReport> {
  const { trace, firstRow, service, model, policies, isSweep, replicas } = input;
  const clock = replayClock(trace, firstRow, service);
  const demand = trace.values.subarray(firstRow);
  const { stepSeconds } = trace.grid;
  const risks = [service.risk, ...(isSweep ? SWEPT_RISKS : [])];
  const needsFloors = isSweep || policies.some(usesFloors);
  const runCount = policies.length + (isSweep ? SWEPT_TARGETS.length + SWEPT_RISKS.length + 1 : 0);
  const total = runCount + (needsFloors ? runCount : 0);
  let done = 0;
  let floors: NearFloors | undefined;
  if (needsFloors) {
    const isJudged = isSweep || policies.includes('headroom');
    const forecasting = (isJudged ? warmupFloors : nearFloors)(trace, clock, service, risks);
    for (let next = forecasting.next(); ; next = forecasting.next()) {
      if (next.done === true) {
        floors = next.value;
        break;
      }
      if (next.value % 64 === 0) {
        yield { done: (runCount * next.value) / trace.grid.length, total, what: 'forecasting' };
      }
    }
    done = runCount;
  }
  let clone: JudgedClone | undefined;
  let clonedUse: (() => ClonedUse) | undefined;
  if (policies.includes('cloned')) {
    const cloning = judgedClone(trace, service, replicas);
    for (let next = cloning.next(); ; next = cloning.next()) {
      if (next.done === true) {
        clone = next.value;
        break;
      }
      yield { done, total, what: 'cloning' };
    }
  }

  const outsetAt = (targetUtilization: number): number => outsetOf(trace, clock, service, targetUtilization);
  const { values } = trace;
  const plain = plainPolicies(trace, clock, service);
  function* headroom(risk: number): Generator<ReplayProgress, CappedPolicy> {
    const judging = judgedHeadroom(trace, firstRow, service, {
      floors: floors!,
      risk,
      relaxedTarget: relaxedTarget(service),
    });
    for (let next = judging.next(); ; next = judging.next()) {
      if (next.done === true) {
        return next.value;
      }
      yield { done, total, what: 'headroom' };
    }
  }
  const makers: Readonly<Record<Exclude<ReplayPolicyName, 'headroom'>, () => ReplayPolicy>> = {
    'headroom-floor-only': () =>
      headroomPolicy(trace, service, {
        floors: floors!,
        risk: 0,
        targetUtilization: service.hpa.targetUtilization,
        outset: outsetAt(service.hpa.targetUtilization),
      }),
    ...plain,
    cloned: () => {
      const demonstrator = replicas === undefined ? 'hpa' : 'trace';
      const made = clonedPolicy(values, service, clone!, demonstrator, outsetAt(service.hpa.targetUtilization));
      clonedUse = made.use;
      return made;
    },
  };
  function* scored(
    policy: ReplayPolicyName,
    setting: PolicySetting,
    made: ReplayPolicy
  ): Generator<ReplayProgress, { result: PolicyResult; run: PolicyRun }> {
    const running = runPolicy(made, clock, service, outsetAt(service.hpa.targetUtilization));
    for (let next = running.next(); ; next = running.next()) {
      if (next.done === true) {
        done++;
        const run = next.value;
        const p99LatencySeconds = latencyOf(demand, run.readyAtRow, stepSeconds, model);
        const score = scorePolicy(run, demand, stepSeconds, service);
        return { run, result: { policy, setting, ...score, p99LatencySeconds } };
      }
      yield { done, total, what: policy };
    }
  }

  const results: PolicyResult[] = [];
  const runs: PolicyRun[] = [];
  for (const policy of policies) {
    let capUse: (() => CapUse) | undefined;
    let made: ReplayPolicy;
    if (policy === 'headroom') {
      const capped = yield* headroom(0);
      made = capped;
      capUse = capped.use;
    } else {
      made = makers[policy]();
    }
    const { result, run } = yield* scored(policy, settingOf(policy, service), made);
    results.push({
      ...result,
      ...(capUse === undefined ? {} : { cap: capUse() }),
      ...(policy === 'cloned' && clonedUse !== undefined ? { cloned: clonedUse() } : {}),
    });
    runs.push(run);
  }
  if (!isSweep) {
    return { policies: results, runs, sweep: [], ...summary([]) };
  }
  const hpa: SweptPoint[] = [];
  const ours: SweptPoint[] = [];
  const sweep: PolicyResult[] = [];
  for (const target of SWEPT_TARGETS) {
    const { result } = yield* scored('hpa', { targetUtilization: target }, plain.hpa(target));
    sweep.push(result);
    hpa.push({ setting: target, score: result });
  }
  for (const [index, risk] of SWEPT_RISKS.entries()) {
    const { result } = yield* scored('headroom', { risk }, yield* headroom(index + 1));
    sweep.push(result);
    ours.push({ setting: risk, score: result });
  }
  const { result: oracle } = yield* scored('oracle', null, makers.oracle());
  return { policies: results, runs, sweep, ...summary(compareFrontiers(hpa, ours, oracle)) };
}

function settingOf(policy: ReplayPolicyName, { hpa, risk }: ReplayService): PolicySetting {
  if (usesFloors(policy)) {
    return { risk };
  }
  return policy === 'hpa' || policy === 'crane' || policy === 'holt-winters' || policy === 'cloned'
    ? { targetUtilization: hpa.targetUtilization }
    : null;
}

function summary(
  comparisons: readonly Comparison[]
): Pick<
  ReplayReport,
  'comparisons' | 'costSavingAtEqualViolations' | 'violationReductionAtEqualCost' | 'costOverOracle'
> {
  const mean = (read: (comparison: Comparison) => number | null): number | null => {
    const known = comparisons
      .filter(({ target }) => COMPARED_TARGETS.includes(target))
      .map(read)
      .filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    comparisons,
    costSavingAtEqualViolations: mean((each) => each.costSavingAtEqualViolations),
    violationReductionAtEqualCost: mean((each) => each.violationReductionAtEqualCost),
    costOverOracle: mean((each) => each.costOverOracle),
  };
}
