import type { Reason } from '../../../contract/index.ts';
import type { NeedPaths } from '../needPaths.ts';
import type { PlanTiers } from '../planTiers.ts';
import { proposer, type Proposal, type ProposalInput } from '../proposal.ts';
import { percentWords, replicaWords } from '../words.ts';
import type { WeightedScenario } from './scenarioOutlook.ts';

/** The mixture that a plan is made for; `baseline` and `needs` without their weights. */
export interface Mixture {
  readonly scenarios: readonly WeightedScenario[];
  readonly baseline: NeedPaths;
  readonly needs: ReadonlyArray<Omit<NeedPaths, 'weight'>>;
}

/** Half a percent is what weights breathe by. */
const SMALL_CHANGE = 0.02;

/** What each scenario asks for alone, and what a change of weights changed, against `risk`. */
export function scenarioReasons(
  { scenarios, baseline, needs }: Mixture,
  input: Omit<ProposalInput, 'futures'>,
  risk: number,
  proposal: Proposal,
  tiers: PlanTiers
): Reason[] {
  const alone = (future: Omit<NeedPaths, 'weight'>) =>
    proposer({ ...input, futures: [{ ...future, weight: 1 }] }).at(risk);
  const own = alone(baseline);
  const asked = scenarios.map(({ scenario, weight, prior }, index): Reason => {
    const one = alone(needs[index]!);
    const carries = one.asked.every((count, step) => count <= proposal.asked[step]!)
      ? 'the plan carries it'
      : one.asked.every((count, step) => count <= proposal.asked[step]! + tiers.burst[step]!)
        ? 'burst carries what the plan does not'
        : 'neither the plan nor burst carries all of it';
    return {
      code: 'scenario',
      text: `${scenario.name} (weight ${percentWords(weight)}, expected ${percentWords(prior)}) alone would ask for ${replicaWords(one.floor)} now and ${String(peakOf(one))} at most, the baseline for ${String(own.floor)} and ${String(peakOf(own))}: ${carries}`,
      values: {
        weight,
        prior,
        floor: one.floor,
        peak: peakOf(one),
        baselineFloor: own.floor,
        baselinePeak: peakOf(own),
      },
    };
  });
  return [...changeOfWeight({ scenarios, baseline, needs }, input, risk, proposal), ...asked];
}

function changeOfWeight(
  { scenarios, baseline, needs }: Mixture,
  input: Omit<ProposalInput, 'futures'>,
  risk: number,
  proposal: Proposal
): Reason[] {
  const moved = scenarios.reduce((a, b) => (Math.abs(b.weight - b.former) > Math.abs(a.weight - a.former) ? b : a));
  if (Math.abs(moved.weight - moved.former) < SMALL_CHANGE) {
    return [];
  }
  const former = proposer({
    ...input,
    futures: mixtureFutures(
      baseline,
      needs,
      scenarios.map((one) => one.former)
    ),
  }).at(risk);
  if (former.floor === proposal.floor && peakOf(former) === peakOf(proposal)) {
    return [];
  }
  const course = moved.weight > moved.former ? 'rose' : 'fell';
  return [
    {
      code: 'scenario-weight',
      text: `The weight of ${moved.scenario.name} ${course} from ${percentWords(moved.former)} to ${percentWords(moved.weight)}, as measurements ${course === 'rose' ? 'follow it' : 'do not follow it'}: the plan went from ${replicaWords(former.floor)} now and ${String(peakOf(former))} at most to ${String(proposal.floor)} and ${String(peakOf(proposal))}`,
      values: {
        former: moved.former,
        weight: moved.weight,
        formerFloor: former.floor,
        formerPeak: peakOf(former),
        floor: proposal.floor,
        peak: peakOf(proposal),
      },
    },
  ];
}

/** All futures with their weights; what the scenarios leave is the baseline's. */
export function mixtureFutures(
  baseline: NeedPaths,
  needs: ReadonlyArray<Omit<NeedPaths, 'weight'>>,
  weights: readonly number[]
): readonly NeedPaths[] {
  const rest = Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0));
  return [{ ...baseline, weight: rest }, ...needs.map((one, index) => ({ ...one, weight: weights[index]! }))];
}

function peakOf({ asked }: Proposal): number {
  return asked.reduce((most, count) => Math.max(most, count), 0);
}
