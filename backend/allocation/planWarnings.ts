import { timeAt } from '../timeseries/index.ts';
import type { Findings } from './findings.ts';
import { planOutcome } from './planOutcome.ts';
import { instantWords, percentWords, replicaWords, spanWords } from './words.ts';

const SHORT_HISTORY_SECONDS = 3 * 86_400;

/** What an operator should know before acting on the plan, in words. */
export function planWarnings({ input, proposal, proposals }: Findings): readonly string[] {
  const { grid, futures, scaling, confidence, nowSeconds } = input;
  const warnings: string[] = [];
  const most = planOutcome(futures, new Int32Array(grid.length).fill(scaling.max));
  const firstShort = most.probability.findIndex((probability) => probability > scaling.risk);
  const held = proposal.asked.findIndex((count, step) => count < proposal.unlimited[step]!);
  if (held >= 0) {
    warnings.push(
      `At the speed that scaling.limits allow, the plan has ${replicaWords(proposal.asked[held]!)} at ` +
        `${instantWords(timeAt(grid, held))} where ${String(proposal.unlimited[held]!)} are needed: the mean probability ` +
        `of a shortfall is then ${percentWords(proposal.risk)}; allow faster changes or a higher min`
    );
  }
  if (firstShort >= 0 || (!proposal.isWithinRisk && held < 0)) {
    const worst = most.probability.indexOf(Math.max(...most.probability));
    warnings.push(
      `Even the maximum of ${replicaWords(scaling.max)} falls short: with probability ` +
        `${percentWords(most.probability[worst]!)} at ${instantWords(timeAt(grid, worst))}; raise scaling.max`
    );
  }
  if (!proposals.isReachable) {
    warnings.push(
      `The forecast ends at ${instantWords(timeAt(grid, grid.length - 1))}, before a replica asked for now would ` +
        `serve (${spanWords(scaling.leadTimeSeconds)} from ${instantWords(nowSeconds)}); lengthen the horizon`
    );
  }
  if (confidence.historySeconds < SHORT_HISTORY_SECONDS) {
    warnings.push(
      `Only ${spanWords(confidence.historySeconds)} of history is known; from three days on the plan is surer`
    );
  }
  return warnings;
}
