import type { Expectation, Reason, Recommendation, ScaleLimits } from '../../../contract/index.ts';
import { gridIndexAt, timeAt, type TimeGrid } from '../../timeseries/index.ts';
import { contentHash } from '../contentHash.ts';
import { limitedCounts } from '../limits/limitedCounts.ts';
import type { Outlook, ReplicasOutlook } from '../outlook.ts';
import { planAction } from '../planAction.ts';
import { servingSteps } from '../servingSteps.ts';
import type { Prices } from '../prices.ts';
import { costReason, holdReason, raiseReason, tiersReason } from '../changeReasons.ts';
import { instantWords, replicaWords } from '../words.ts';
import { nearCounts } from './nearCounts.ts';
import type { NearAdvice } from './nearPlan.ts';

/** What the day ahead says by itself. */
export interface DayAdvice {
  readonly outlook: Outlook;
  readonly recommendation: Recommendation;
  /** Of the day's plan, also where holding is advised. */
  readonly planned: Expectation;
  /** Scenarios weigh in it: the near plan knows nothing of them, so it only raises. */
  readonly hasScenarios: boolean;
}

export interface NearSetting {
  readonly nowSeconds: number;
  readonly leadTimeSeconds: number;
  readonly prices: Prices;
  /** How fast the plan may change; absent: as fast as it likes. */
  readonly pace?: {
    readonly limits: ScaleLimits;
    readonly min: number;
    readonly max: number;
    /** Replicas that served so many seconds ago. */
    readonly replicasBefore: (seconds: number) => number;
  };
}

/** What stands now, the next hour decided by the near plan as far as there is one. */
export interface AdviceNow {
  readonly outlook: Outlook;
  readonly recommendation: Recommendation;
  /** Replicas to ask for at this moment, where the near plan says so; the outlook's are those of its whole step. */
  readonly floor?: number;
}

/** The day's reasons that speak of the replicas to ask for now: the near plan has its own. */
const OF_THE_DAY_ALONE = new Set([
  'raise',
  'hold-is-cheaper',
  'cost',
  'tiers',
  'limits',
  'limits-too-slow',
  'sensitivity-risk',
  'sensitivity-demand',
]);

/**
 * The day's outlook and recommendation with the next hour decided by the near plan.
 *
 * Expected shortfalls stay those of the day's plan; replica hours and cost are those of both. Where the day knows no
 * replicas, or the near plan ends before now, all stays as it is.
 */
export function withNearAdvice(
  day: DayAdvice,
  advice: NearAdvice,
  { nowSeconds, leadTimeSeconds, prices, pace }: NearSetting
): AdviceNow {
  const { outlook, recommendation } = day;
  const { grid, replicas } = outlook;
  const current = recommendation.current.replicas;
  const present = gridIndexAt(grid, nowSeconds);
  const isOver = timeAt(advice.plan.grid, advice.plan.grid.length) <= nowSeconds;
  if (replicas === undefined || current === null || isOver || present < 0 || present >= grid.length) {
    return { outlook, recommendation };
  }
  const onlyRaises = day.hasScenarios || advice.lost !== undefined;
  const wished = nearCounts(replicas.total, grid, advice.plan, onlyRaises);
  const total = pace === undefined ? wished : paced(wished, present, current, grid.stepSeconds, pace);
  const tiers = tiersFor(replicas, total);
  const extra = total.map((count, step) => count - replicas.total[step]!);
  const price = prices.tierReplicaHour?.reserved ?? prices.replicaHour;
  const costHourly = outlook.costHourly?.map((cost, step) => cost + extra[step]! * (price ?? 0));
  const planned = withExtra(day.planned, extra, grid, price);
  const asked = total.subarray(present);
  const ahead: TimeGrid = { ...grid, startSeconds: timeAt(grid, present), length: asked.length };
  const floor = asked[0]!;
  const peak = present + asked.indexOf(Math.max(...asked));
  const expected = { current: recommendation.expected.current, proposed: planned };
  const action = planAction(total[peak]!, current, expected);
  const isHeld = action === 'hold';
  const change = {
    current,
    grid: ahead,
    asked,
    leadTimeSeconds,
    currency: recommendation.currency,
    hasViolationPrice: prices.violationMinute !== undefined,
    expected,
  };
  const split = (step: number) => ({
    committed: tiers.committed[step]!,
    reserved: tiers.reserved[step]!,
    burst: tiers.burst[step]!,
  });
  return {
    ...(onlyRaises || pace !== undefined ? {} : { floor: advice.plan.floor }),
    outlook: { ...outlook, replicas: tiers, ...(costHourly === undefined ? {} : { costHourly }) },
    recommendation: {
      ...recommendation,
      id: contentHash(recommendation.id, [nowSeconds, action, floor, total[peak]!]),
      createdAt: advice.lost === undefined ? nowSeconds : recommendation.createdAt,
      action,
      proposed: { replicas: isHeld ? current : floor },
      plan: {
        name: recommendation.plan.name,
        replicas: isHeld
          ? [{ at: nowSeconds, count: current }]
          : servingSteps({ nowSeconds, leadTimeSeconds, current, floor, grid: ahead, asked }),
      },
      tiers: { ...split(peak), total: total[peak]! },
      expected: isHeld ? { ...expected, proposed: expected.current ?? planned } : expected,
      reasons: [
        ...(action === 'raise' ? [raiseReason(change)] : []),
        ...(isHeld ? holdReason(change) : []),
        nearReason(replicas.total[present]!, asked, ahead, advice, day.hasScenarios),
        ...paceReason(wished, total, grid),
        ...recommendation.reasons.filter(({ code }) => !OF_THE_DAY_ALONE.has(code)),
        tiersReason(split(present)),
        ...costReason(change),
      ],
    },
  };
}

/** The counts from `present` on as fast as they may change. */
function paced(
  counts: Float64Array,
  present: number,
  current: number,
  stepSeconds: number,
  { replicasBefore, ...limits }: NonNullable<NearSetting['pace']>
): Float64Array {
  const before = (seconds: number) => (seconds === 0 ? current : replicasBefore(seconds));
  const total = counts.slice();
  total.set(limitedCounts(Int32Array.from(counts.subarray(present)), { ...limits, stepSeconds, before }), present);
  return total;
}

function paceReason(wished: Float64Array, total: Float64Array, grid: TimeGrid): Reason[] {
  const step = total.findIndex((count, index) => count < wished[index]!);
  return step < 0
    ? []
    : [
        {
          code: 'limits-too-slow',
          text: `scaling.limits let the plan have only ${replicaWords(total[step]!)} at ${instantWords(timeAt(grid, step))} instead of ${String(wished[step]!)}: until then a shortfall is more likely than accepted`,
          values: { at: timeAt(grid, step), replicas: total[step]!, unlimited: wished[step]! },
        },
      ];
}

function tiersFor(day: ReplicasOutlook, total: Float64Array): ReplicasOutlook {
  const committed = total.map((count, step) => Math.min(count, day.committed[step]!));
  return {
    committed,
    reserved: total.map((count, step) => count - committed[step]!),
    total,
    burst: total.map((count, step) => Math.max(0, day.total[step]! + day.burst[step]! - count)),
  };
}

/** The day's expectation with `extra` replicas at each step; the first step is the cutoff and past. */
function withExtra(
  planned: Expectation,
  extra: Float64Array,
  { stepSeconds }: TimeGrid,
  price: number | undefined
): Expectation {
  const hours = extra.subarray(1).reduce((sum, count) => sum + count, 0) * (stepSeconds / 3600);
  return {
    ...planned,
    replicaHours: planned.replicaHours + hours,
    cost: planned.cost === null || price === undefined ? planned.cost : planned.cost + hours * price,
  };
}

function nearReason(
  dayFloor: number,
  asked: Float64Array,
  grid: TimeGrid,
  { plan, lost }: NearAdvice,
  hasScenarios: boolean
): Reason {
  const floor = asked[0]!;
  const endSeconds = timeAt(plan.grid, plan.grid.length);
  const until = instantWords(endSeconds);
  if (lost !== undefined) {
    return {
      code: 'near-lost',
      text: `The next minutes have no fresh forecast (${lost}): the day's plan holds, and until ${until} nothing lower than what they asked for last`,
      values: { floor, day: dayFloor, until: endSeconds },
    };
  }
  const hour = asked.subarray(0, Math.max(1, gridIndexAt(grid, endSeconds - 1) + 1));
  const [least, most] = [Math.min(...hour), Math.max(...hour)];
  const risks =
    plan.atHalfRisk === plan.floor && plan.atDoubleRisk === plan.floor
      ? 'half or twice the accepted risk would change nothing'
      : `at half the accepted risk ${String(plan.atHalfRisk)}, at twice ${String(plan.atDoubleRisk)}`;
  const range = least === most ? String(most) : `${String(least)} to ${String(most)}`;
  return {
    code: 'near',
    text: `The forecast of the next minutes asks for a floor of ${replicaWords(plan.floor)} now (${plan.series} decides; ${risks}), ${dayWords(plan.floor, dayFloor, hasScenarios)}; until ${until} the plan holds ${range}`,
    values: {
      near: plan.floor,
      floor,
      day: dayFloor,
      least,
      most,
      until: endSeconds,
      atHalfRisk: plan.atHalfRisk,
      atDoubleRisk: plan.atDoubleRisk,
    },
  };
}

function dayWords(near: number, day: number, hasScenarios: boolean): string {
  if (near === day) {
    return 'as the day ahead does';
  }
  return hasScenarios && near < day
    ? `but the day ahead, which alone knows the scenarios, for ${String(day)}, and that holds`
    : `where the day ahead by itself asks for ${String(day)}`;
}
