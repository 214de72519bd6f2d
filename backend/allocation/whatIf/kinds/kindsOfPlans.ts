import { blockNeeds } from '../blockNeeds.ts';
import { judge, staticCounts, type Candidate, type CandidateSetting } from '../candidates.ts';
import { planEntries } from '../planCounts.ts';
import { reactiveCounts } from '../reactiveCounts.ts';
import type {
  AbsentKind,
  CandidateReport,
  FrontierPoint,
  PlanKind,
  WhatIfSeries,
  WhatIfService,
} from '../whatIfTypes.ts';
import type { NeedPaths } from '../../needPaths.ts';
import { paidHours } from '../../paidHours.ts';
import { planTiers } from '../../planTiers.ts';
import { churnCost, flatReplicaHour, planHourlyCost, violationCost } from '../../prices.ts';
import { proposer, type Proposal, type Proposer } from '../../proposal.ts';
import { windowRisks } from '../../windowRisks.ts';
import { nonDominated } from './nonDominated.ts';
import { presentSize, replicaSizes, type ReplicaSize } from './replicaSizes.ts';
import type { SampledPaths } from './sampledPaths.ts';
import { sampleService } from './sampleService.ts';

const FRONTIER_RISKS = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
/** For other requests every plan is found anew. */
const REQUEST_RISKS = [0.2, 0.05, 0.01, 0.002];

export interface KindsInput {
  readonly series: readonly WhatIfSeries[];
  readonly service: WhatIfService;
  /** The scenarios that count, with their weights. */
  readonly samples: readonly SampledPaths[];
  /** With the replicas of now. */
  readonly proposals: Proposer;
  /** What is recommended. */
  readonly proposal: Proposal;
  /** The risk that a plan has to keep. */
  readonly accepted: number;
  /** Quantiles of need of the tiers. */
  readonly tierLevels: { readonly committed: number; readonly burst: number };
}

/** Plans of every kind beside each other. */
export interface KindsOfPlans {
  readonly frontier: readonly FrontierPoint[];
  readonly frontiers: Readonly<Partial<Record<PlanKind, readonly FrontierPoint[]>>>;
  readonly candidates: readonly CandidateReport[];
  readonly absent: readonly AbsentKind[];
}

/** A plan of some kind, and how it fares. */
interface JudgedPlan {
  readonly kind: PlanKind;
  readonly name: string;
  readonly fleet: Fleet;
  readonly candidate: Candidate;
  readonly above?: readonly Int32Array[];
}

/** Plans of replicas of another size. */
interface Resized {
  readonly least: JudgedPlan;
  readonly isWithinRisk: boolean;
  readonly plans: readonly JudgedPlan[];
}

/** Replicas of one size, and what of them the samples need. */
interface Fleet {
  readonly size: ReplicaSize;
  readonly setting: CandidateSetting;
}

/**
 * Judges plans of every kind on the same paths: each kind's own from risky to safe, and its least one within the risk.
 * Yields after each kind, so that the caller can stop.
 */
export function* kindsOfPlans(input: KindsInput): Generator<void, KindsOfPlans, void> {
  const { series, service, proposals, proposal, accepted } = input;
  const now = fleetOf(input, presentSize(series, service));
  const others = replicaSizes(series, service);
  const fleets = 'sizes' in others ? others.sizes.map((size) => fleetOf(input, size)) : [];
  const judged = judgeOnce();

  yield;
  const held = staticCounts(now.setting, windowRisks(now.setting));
  const heldAt = (risk: number) => {
    const counts = held(risk);
    return judged({ kind: 'static', name: `static-${String(counts[0]!)}`, fleet: now }, counts);
  };
  const statics = distinct(FRONTIER_RISKS.map((risk) => ['', held(risk)])).map(([, counts]) =>
    judged({ kind: 'static', name: `static-${String(counts[0]!)}`, fleet: now }, counts)
  );
  yield;
  const floors = distinct(FRONTIER_RISKS.map((risk) => [`risk-${String(risk)}`, proposals.at(risk).asked]));
  const scheduled = floors.map(([name, counts]) => judged({ kind: 'scheduled-floor', name, fleet: now }, counts));
  yield;
  const { reactive } = service;
  const above = reactive && now.setting.futures.map((future) => reactiveCounts(future, reactive, now.setting));
  const both =
    above === undefined
      ? []
      : floors.map(([name, counts]) =>
          judged({ kind: 'floor-and-reactive', name: `${name}-reactive`, fleet: now, above }, counts)
        );
  const resized: Resized[] = [];
  for (const fleet of fleets) {
    yield;
    const plans = proposerOf(input, fleet);
    const at = (risk: number) => plans.at(risk);
    const name = `requests-${String(Number(fleet.size.factor.toPrecision(3)))}`;
    const least = at(accepted);
    resized.push({
      least: judged({ kind: 'requests', name, fleet }, least.asked),
      isWithinRisk: least.isWithinRisk,
      plans: distinct(REQUEST_RISKS.map((risk) => [`${name}-risk-${String(risk)}`, at(risk).asked])).map(
        ([each, counts]) => judged({ kind: 'requests', name: each, fleet }, counts)
      ),
    });
  }
  yield;
  const plans = [...statics, ...scheduled, ...both, ...resized.flatMap((one) => one.plans)].map((plan) =>
    pointOf(input, plan)
  );
  yield;
  const firstWithin = both.find(({ candidate }) => candidate.risk <= accepted);
  return {
    frontier: nonDominated(plans),
    frontiers: Object.groupBy(plans, ({ kind }) => kind),
    candidates: [
      reportOf(input, heldAt(accepted)),
      reportOf(
        input,
        judged({ kind: 'scheduled-floor', name: 'recommended', fleet: now }, proposal.asked),
        proposal.isWithinRisk
      ),
      ...(firstWithin === undefined ? [] : [reportOf(input, firstWithin)]),
      ...resized.map(({ least, isWithinRisk }) => reportOf(input, least, isWithinRisk)),
    ],
    absent: [
      ...(firstWithin === undefined
        ? [
            {
              kind: 'floor-and-reactive' as const,
              reason:
                reactive === undefined
                  ? 'nothing is known of the reactive autoscaler'
                  : 'with no floor of the frontier an autoscaler above it keeps the risk',
            },
          ]
        : []),
      ...('reason' in others ? [{ kind: 'requests' as const, reason: others.reason }] : []),
    ],
  };
}

/** Judges a plan of a fleet, and one that holds the same as an earlier one not again. */
function judgeOnce(): (plan: Omit<JudgedPlan, 'candidate'>, counts: Int32Array) => JudgedPlan {
  const known = new Map<Fleet, Map<string, Candidate>>();
  return (plan, counts) => {
    const { fleet, above } = plan;
    const ofFleet = known.get(fleet) ?? new Map<string, Candidate>();
    known.set(fleet, ofFleet);
    const key = `${above === undefined ? '' : 'above '}${counts.join()}`;
    const candidate = ofFleet.get(key) ?? judge(fleet.setting, counts, above);
    ofFleet.set(key, candidate);
    return { ...plan, candidate };
  };
}

/** Without those that hold what the one before them holds. */
function distinct(named: ReadonlyArray<readonly [string, Int32Array]>): ReadonlyArray<readonly [string, Int32Array]> {
  return named.filter(([, counts], i) => i === 0 || counts.some((count, step) => count !== named[i - 1]![1][step]));
}

function fleetOf({ series, service, samples, proposals }: KindsInput, size: ReplicaSize): Fleet {
  const futures = samples.map(({ block, paths, weight }): NeedPaths => {
    const { capacity } = paths;
    const changed =
      capacity === undefined || size.factor === 1
        ? paths
        : { ...paths, capacity: { ...capacity, add: capacity.add.map((count) => count / size.factor) } };
    const needs = blockNeeds(block, changed, size.perReplica, service.model?.scalability);
    return { pathCount: block.pathCount, stepCount: block.stepCount, needs, weight };
  });
  const { min, max, drainSeconds = 0 } = service;
  return {
    size,
    setting: {
      futures,
      stepSeconds: series[0]!.forecast.grid.stepSeconds,
      current: Math.max(min, Math.min(max, Math.ceil(service.current / size.factor - 1e-9))),
      min,
      max,
      startSeconds: 0,
      drainSeconds,
      windowSteps: proposals.windowSteps,
      firstStep: proposals.firstStep,
    },
  };
}

function proposerOf({ series, service }: KindsInput, { setting }: Fleet): Proposer {
  const { grid } = series[0]!.forecast;
  const { limits, startSeconds } = service;
  return proposer({
    futures: setting.futures,
    grid,
    nowSeconds: grid.startSeconds - grid.stepSeconds,
    current: setting.current,
    min: setting.min,
    max: setting.max,
    leadTimeSeconds: startSeconds,
    ...(limits === undefined ? {} : { limits }),
  });
}

function pointOf(input: KindsInput, plan: JudgedPlan): FrontierPoint {
  return { plan: plan.name, ...figuresOf(input, plan) };
}

function figuresOf(input: KindsInput, plan: JudgedPlan): Omit<FrontierPoint, 'plan'> {
  const { kind, candidate, fleet } = plan;
  const { factor, requests } = fleet.size;
  return {
    kind,
    cost: costOf(input, plan),
    replicaHours: candidate.replicaHours,
    shortfallProbabilityWindow: candidate.risk,
    replicas: planEntries(candidate.counts, fleet.setting.stepSeconds),
    requests: kind === 'requests' ? { factor, perReplica: requests } : null,
  };
}

function reportOf(input: KindsInput, plan: JudgedPlan, isWithinRisk?: boolean): CandidateReport {
  const { candidate, above, fleet } = plan;
  const outcome = sampleService(input.samples, input.series, input.service, {
    served: candidate.served,
    size: fleet.size,
    ...(above === undefined ? {} : { above }),
  });
  return {
    ...figuresOf(input, plan),
    isWithinRisk: isWithinRisk ?? candidate.risk <= input.accepted,
    reactiveHours: candidate.reactiveHours,
    latencySeconds: outcome?.latencySeconds ?? null,
    sloAttainment: outcome?.sloAttainment ?? null,
    killed: outcome?.killed ?? null,
  };
}

/** Replicas by tier, and on top what the autoscaler adds, shortfalls, changes, drops and idle replicas. */
function costOf(
  { service, proposal, tierLevels }: KindsInput,
  { candidate, fleet: { size, setting } }: JudgedPlan
): number | null {
  const { counts, reactiveHours, shortMinutes, missing, idle } = candidate;
  const { prices } = size;
  const { stepSeconds, current, futures } = setting;
  const hourly = planHourlyCost(counts, prices, () => planTiers(futures, counts, proposal.blocks, service, tierLevels));
  if (hourly === undefined) {
    return null;
  }
  const flat = flatReplicaHour(prices) ?? 0;
  const requestsPerReplica = size.perReplica[0]! / (service.model?.unitSeconds ?? 1);
  return (
    hourly.reduce((sum, cost) => sum + cost, 0) * (stepSeconds / 3600) +
    paidHours(counts, current, stepSeconds, setting).changing * flat +
    reactiveHours * (prices.tierReplicaHour?.burst ?? flat) +
    violationCost(shortMinutes, prices) +
    churnCost(counts, current, prices) +
    ((missing * requestsPerReplica * stepSeconds) / 1000) * (prices.droppedThousand ?? 0) +
    ((idle * stepSeconds) / 3600) * (prices.idleReplicaHour ?? 0)
  );
}
