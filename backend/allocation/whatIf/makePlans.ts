import type { Recommendation } from '../../../contract/index.ts';
import { confidenceOf } from '../confidence.ts';
import { contentHash } from '../contentHash.ts';
import { besideReplicas } from '../expectation.ts';
import { planTiers } from '../planTiers.ts';
import { paidHours } from '../paidHours.ts';
import { churnCost, flatReplicaHour, planHourlyCost, violationCost } from '../prices.ts';
import { recommend } from '../recommend.ts';
import { windowRisks } from '../windowRisks.ts';
import { planEntries, type CountedPlan } from './planCounts.ts';
import type { CapacityLoad } from '../capacityLoad.ts';
import type { NeedPaths } from '../needPaths.ts';
import { judge, reactiveCandidate, staticCandidate, type Candidate } from './candidates.ts';
import type { CandidateReport, FrontierPoint, WhatIfInput, WhatIfService } from './whatIfTypes.ts';

const FRONTIER_RISKS = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** The plans to judge, with their prices over the horizon, the recommended one last; and the frontier of cost and risk. */
export interface MadePlans {
  readonly plans: ReadonlyArray<{ readonly plan: CountedPlan; readonly replicaCost: number | undefined }>;
  readonly frontier: readonly FrontierPoint[];
  readonly candidates: readonly CandidateReport[];
  readonly recommendation: Recommendation;
}

/** What plans are made from: the needs of a block of paths in each scenario that counts, and what presses on capacity. */
export interface PlanningFutures {
  readonly futures: readonly NeedPaths[];
  readonly loads: readonly CapacityLoad[];
}

/** Recommends a plan for the futures, and prices it, the given plans and those of the frontier. */
export function makePlans(
  input: WhatIfInput,
  service: WhatIfService,
  { futures, loads }: PlanningFutures,
  given: readonly CountedPlan[]
): MadePlans {
  const [demand] = input.series;
  const { grid } = demand!.forecast;
  const nowSeconds = grid.startSeconds - grid.stepSeconds;
  const confidence = confidenceOf(input.confidence);
  const requestsPerReplica = demand!.perReplica! / (service.model?.unitSeconds ?? 1);
  const scaling = { ...service, leadTimeSeconds: service.startSeconds };
  const recommended = recommend({
    workload: demand!.name,
    nowSeconds,
    grid,
    futures,
    loads,
    current: service.current,
    scaling,
    prices: service.prices,
    requestsPerReplica,
    currency: service.currency,
    confidence,
    seed: input.seed,
    pathCount: futures[0]!.pathCount,
    inputHash: contentHash(
      { scenarios: input.scenarios, service, pathCount: input.pathCount, grid },
      ...input.series.flatMap(({ name, perReplica, forecast, history }) => [
        [name, perReplica ?? null, forecast.levels],
        forecast.values,
        history.values,
      ])
    ),
    warnings: [],
  });
  const { proposals, proposal } = recommended;
  const replicaCost = (counts: Int32Array) => {
    const levels = {
      committed: service.tiers.committed * confidence.commitFactor,
      burst: service.tiers.burst,
    };
    const hourly = planHourlyCost(counts, service.prices, () =>
      planTiers(futures, counts, proposal.blocks, service, levels)
    );
    return hourly === undefined ? undefined : hourly.reduce((sum, cost) => sum + cost, 0) * (grid.stepSeconds / 3600);
  };
  const { current, startSeconds, drainSeconds = 0 } = service;
  const changeCost = (counts: Int32Array, timing: { startSeconds: number; drainSeconds: number }) =>
    paidHours(counts, current, grid.stepSeconds, timing).changing * (flatReplicaHour(service.prices) ?? 0);
  const distinct = FRONTIER_RISKS.map((risk) => ({ name: `risk-${String(risk)}`, ...proposals.at(risk) })).filter(
    ({ asked }, i, all) => i === 0 || asked.some((count, step) => count !== all[i - 1]!.asked[step])
  );
  const shortShare = windowRisks({ futures, windowSteps: 1, firstStep: 0 });
  const frontier = distinct.map(({ name, asked, ready, risk }): FrontierPoint => {
    const replicas = replicaCost(asked);
    const hours = paidHours(asked, current, grid.stepSeconds, { startSeconds: 0, drainSeconds });
    const shortMinutes = (shortShare(ready) * grid.length * grid.stepSeconds) / 60;
    return {
      cost:
        replicas === undefined
          ? null
          : replicas +
            changeCost(asked, { startSeconds: 0, drainSeconds }) +
            besideReplicas(
              { grid, futures, current, asked, ready, prices: service.prices, requestsPerReplica },
              shortMinutes
            ),
      replicaHours: hours.serving + hours.changing,
      shortfallProbabilityWindow: risk,
      plan: name,
      replicas: planEntries(asked, grid.stepSeconds),
    };
  });
  const setting = {
    futures: futures.map(firstPaths),
    stepSeconds: grid.stepSeconds,
    current,
    min: service.min,
    max: service.max,
    startSeconds: 0,
    drainSeconds,
    windowSteps: proposals.windowSteps,
    firstStep: proposals.firstStep,
  };
  const accepted = service.risk / confidence.caution;
  const reportOf = (kind: CandidateReport['kind'], candidate: Candidate): CandidateReport => {
    const { counts, replicaHours, reactiveHours, risk } = candidate;
    const serving = replicaCost(counts);
    return {
      kind,
      isWithinRisk: risk <= accepted,
      cost:
        serving === undefined
          ? null
          : serving +
            changeCost(counts, { startSeconds: 0, drainSeconds }) +
            candidateCost(candidate, counts, { service, stepSeconds: grid.stepSeconds, requestsPerReplica }),
      replicaHours,
      reactiveHours,
      shortfallProbabilityWindow: risk,
      replicas: planEntries(counts, grid.stepSeconds),
    };
  };
  const floors = distinct.map(({ asked }) => asked);
  const reactive = service.reactive && reactiveCandidate(setting, floors, service.reactive, accepted);
  const candidates = [
    reportOf('static', staticCandidate(setting, accepted)),
    reportOf('scheduled-floor', judge(setting, proposal.asked, undefined)),
    ...(reactive === undefined ? [] : [reportOf('floor-and-reactive', reactive)]),
  ];
  const plans = [...given, { name: 'recommended', counts: proposal.ready }];
  return {
    plans: plans.map((plan) => {
      const serving = replicaCost(plan.counts);
      return {
        plan,
        replicaCost:
          serving === undefined ? undefined : serving + changeCost(plan.counts, { startSeconds, drainSeconds }),
      };
    }),
    frontier,
    candidates,
    recommendation: recommended.recommendation,
  };
}

/** As many paths tell kinds of plans apart, and a slider is not held up by them. */
const CANDIDATE_PATHS = 250;

function firstPaths(future: NeedPaths): NeedPaths {
  const { pathCount, stepCount, needs } = future;
  if (pathCount <= CANDIDATE_PATHS) {
    return future;
  }
  const kept = new Int32Array(stepCount * CANDIDATE_PATHS);
  for (let step = 0; step < stepCount; step++) {
    const row = step * pathCount;
    kept.set(needs.subarray(row, row + CANDIDATE_PATHS), step * CANDIDATE_PATHS);
  }
  return { ...future, pathCount: CANDIDATE_PATHS, needs: kept };
}

/** What a candidate costs beside the replicas of its floor. */
function candidateCost(
  { reactiveHours, shortMinutes, missing, idle }: Candidate,
  counts: Int32Array,
  {
    service: { prices, current },
    stepSeconds,
    requestsPerReplica,
  }: { readonly service: WhatIfService; readonly stepSeconds: number; readonly requestsPerReplica: number }
): number {
  return (
    reactiveHours * (prices.tierReplicaHour?.burst ?? flatReplicaHour(prices) ?? 0) +
    violationCost(shortMinutes, prices) +
    churnCost(counts, current, prices) +
    ((missing * requestsPerReplica * stepSeconds) / 1000) * (prices.droppedThousand ?? 0) +
    ((idle * stepSeconds) / 3600) * (prices.idleReplicaHour ?? 0)
  );
}
