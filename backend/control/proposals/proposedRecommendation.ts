import type { Expectation, Plan, PlanFile, Reason, Recommendation, SimulationReport } from '../../../contract/index.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { mixedExpectation } from './mixedExpectation.ts';

const LEAST_LIFE_SECONDS = 3600;

export interface ProposalInput {
  readonly id: string;
  readonly view: WorkloadView;
  readonly plan: PlanFile;
  readonly who: string;
  readonly reason: string;
  readonly nowSeconds: number;
  /** Replicas that serve now. */
  readonly current: number;
  /** Of the plan, and of `keepName` where what there is now could be judged. */
  readonly report: SimulationReport & { readonly recommendation: Recommendation };
  readonly keepName: string;
}

/** A person's plan as a recommendation, with what the simulation says of it and of what there is now. */
export function proposedRecommendation(input: ProposalInput): Recommendation {
  const { id, view, nowSeconds, current, report, who } = input;
  const { scaling, name, cost } = view.config;
  const { tiers: needed, confidence } = report.recommendation;
  const plan = absolutePlan(input.plan, nowSeconds, current);
  const counts = plan.replicas.map(({ count }) => count);
  const peak = Math.max(...counts);
  const lowest = Math.min(...counts);
  const expected = {
    current: mixedExpectation(report, input.keepName, scaling.risk),
    proposed: mixedExpectation(report, input.plan.name, scaling.risk)!,
  };
  const lead = plan.replicas.filter(({ at }) => at <= nowSeconds + scaling.leadTimeSeconds);
  const committed = Math.min(peak, needed.committed);
  return {
    id,
    workload: name,
    state: 'proposed',
    createdAt: nowSeconds,
    expiresAt:
      nowSeconds + Math.max(LEAST_LIFE_SECONDS, 3 * view.config.forecast.stepSeconds, 2 * scaling.leadTimeSeconds),
    action: peak > current ? 'raise' : lowest < current ? 'lower' : 'hold',
    current: { replicas: current },
    proposed: { replicas: Math.max(...lead.map(({ count }) => count)) },
    plan,
    tiers: {
      committed,
      reserved: peak - committed,
      total: peak,
      burst: Math.max(0, needed.total + needed.burst - peak),
    },
    expected,
    risk: scaling.risk,
    leadTimeSeconds: scaling.leadTimeSeconds,
    currency: cost.currency,
    confidence: view.recommendation?.confidence ?? confidence,
    reasons: reasonsOf(input, expected),
    warnings: [
      ...(view.health.state === 'ok'
        ? []
        : [`It was judged on a forecast that is not fresh: ${view.health.problem ?? view.health.state}`]),
      ...report.warnings,
    ],
    seed: report.seed,
    pathCount: report.paths,
    proposedBy: who,
  };
}

/** Before the first entry there are the replicas of now. */
function absolutePlan({ name, replicas }: PlanFile, nowSeconds: number, current: number): Plan {
  const entries = replicas.map(({ at, count }) => ({ at: nowSeconds + (parseDurationSeconds(at) ?? 0), count }));
  return {
    name,
    replicas: entries[0]!.at > nowSeconds ? [{ at: nowSeconds, count: current }, ...entries] : entries,
  };
}

function reasonsOf({ who, reason, report, view, plan }: ProposalInput, expected: Recommendation['expected']): Reason[] {
  const { recommendation } = report;
  const judged = report.scenarios[0]?.plans.find((each) => each.plan === plan.name);
  const risk = view.config.scaling.risk;
  const words = (of: Expectation) =>
    (of.cost === null
      ? `${of.replicaHours.toFixed(0)} replica hours`
      : `${of.cost.toFixed(2)} ${view.config.cost.currency}`) +
    ` and a shortfall with probability ${percent(of.shortfallProbability)}`;
  const now = expected.current;
  return [
    { code: 'proposed-by', text: `Proposed by ${who}${reason === '' ? '' : `: ${reason}`}` },
    {
      code: 'plan-compared',
      text:
        `Expected of it over the horizon: ${words(expected.proposed)}` +
        (now === null ? '' : `; as it is now: ${words(now)}`) +
        `; of what Headroom advises: ${words(recommendation.expected.proposed)}`,
      values: {
        shortfallProbability: expected.proposed.shortfallProbability,
        advisedShortfallProbability: recommendation.expected.proposed.shortfallProbability,
      },
    },
    ...(judged !== undefined && judged.shortfallProbabilityWindow > risk
      ? [
          {
            code: 'beyond-risk',
            text:
              `It does not keep the accepted risk: a shortfall within a lead time has probability ` +
              `${percent(judged.shortfallProbabilityWindow)} on average, ${percent(risk)} is accepted`,
            values: { risk: judged.shortfallProbabilityWindow, accepted: risk },
          },
        ]
      : []),
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
