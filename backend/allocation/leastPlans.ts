import { needScale } from './needScale.ts';
import type { PlanProblem } from './planProblem.ts';
import { priceLadders, replicasAtPrice } from './priceLadder.ts';
import { steadyCounts } from './steadyCounts.ts';
import { windowRisks } from './windowRisks.ts';

/** A replica is given up only where it would not be worth its cost at so many times the price of a shortfall. */
const GIVE_UP_FACTOR = 2;

/** The plan found: replicas at each step, and the risk that goes with them. */
export interface LeastPlan {
  readonly counts: Int32Array;
  readonly risk: number;
  /** False where even `max` does not keep the risk. */
  readonly isWithinRisk: boolean;
}

type Candidate = Omit<LeastPlan, 'isWithinRisk'>;

/**
 * Prepares a problem for plans at any accepted risk (mean probability of a shortfall in a window).
 *
 * All blocks pay the same price for a shortfall, the lowest whose steady plan keeps the risk; from the plan of the next
 * lower price only as much is then added as the risk asks for. Where no price keeps it, the plan takes all that still
 * helps. A larger risk never gives a larger count anywhere.
 */
export function leastPlans(problem: PlanProblem): (risk: number) => LeastPlan {
  const ladders = priceLadders(problem, needScale(problem.futures, problem.min, problem.max));
  const riskOf = windowRisks(problem);
  const current = Math.max(problem.min, Math.min(problem.max, problem.current));
  const prices = [
    ...new Set(ladders.flatMap((ladder) => ladder.prices.flatMap((price) => [price, price / GIVE_UP_FACTOR]))),
  ].sort((a, b) => a - b);
  const known = new Map<number, Candidate>();

  function atPrice(index: number): Candidate {
    const kept = known.get(index);
    if (kept !== undefined) {
      return kept;
    }
    const price = prices[index]!;
    const blocks = steadyCounts(
      ladders.map((ladder) => replicasAtPrice(ladder, price)),
      ladders.map((ladder) => replicasAtPrice(ladder, price * GIVE_UP_FACTOR)),
      current,
      problem.holdBlocks
    );
    const candidate = withRisk(problem.blocks.map((block) => blocks[block]!));
    known.set(index, candidate);
    return candidate;
  }

  function withRisk(counts: Int32Array): Candidate {
    return { counts, risk: riskOf(counts) };
  }

  function between(lower: Candidate, upper: Candidate, risk: number): Candidate {
    const gaps = upper.counts.map((count, step) => count - lower.counts[step]!);
    const widest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
    const share = (part: number) =>
      withRisk(lower.counts.map((count, step) => count + Math.ceil((gaps[step]! * part) / widest)));
    return firstWithin(1, widest, (part) => (part === widest ? upper : share(part)), risk);
  }

  return (risk) => {
    const last = prices.length - 1;
    const upper = firstWithin(0, last, atPrice, risk);
    const index = prices.findIndex((_, i) => known.get(i) === upper);
    const plan = index > 0 && upper.risk <= risk ? between(atPrice(index - 1), upper, risk) : upper;
    return { ...plan, isWithinRisk: plan.risk <= risk };
  };
}

/** The first candidate within the risk, by bisection, or the last one; their risks never rise with the index. */
function firstWithin(first: number, last: number, candidateAt: (index: number) => Candidate, risk: number): Candidate {
  let low = first;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (candidateAt(middle).risk <= risk) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return candidateAt(high);
}
