import type { Reason } from '../../contract/index.ts';
import { expectation } from './expectation.ts';
import type { Findings } from './findings.ts';
import { planOutcome } from './planOutcome.ts';
import { planTiers } from './planTiers.ts';
import { planHourlyCost, violationCost } from './prices.ts';
import { percentWords, quantityWords, replicaWords } from './words.ts';

/** Smaller risks that are tried, as parts of the accepted one. */
const PARTS = [1 / 3, 1 / 10, 1 / 50];
/** Where violations are no larger a part of the cost than this, a smaller risk can save little. */
const NOTABLE = 0.2;
const SAVED = 0.05;

/** Which smaller risk would cost least, where expected violations make the accepted one dear. */
export function cheaperRisk({ input, proposals, expected }: Findings, planned: number | null): Reason[] {
  const { futures, prices, scaling, confidence, currency, grid, current } = input;
  const violations = violationCost(expected.proposed.shortfallMinutes, prices);
  if (planned === null || violations <= NOTABLE * planned) {
    return [];
  }
  const levels = { committed: scaling.tiers.committed * confidence.commitFactor, burst: scaling.tiers.burst };
  const [best] = PARTS.map((part) => {
    const risk = (scaling.risk / confidence.caution) * part;
    const { asked, ready, floor, blocks } = proposals.at(risk);
    const hourlyCost = planHourlyCost(asked, prices, () => planTiers(futures, asked, blocks, scaling, levels));
    const outcome = planOutcome(futures, ready);
    const { cost } = expectation({ ...input, asked, ready, hourlyCost, outcome, risk: scaling.risk });
    return { risk: scaling.risk * part, floor, cost: cost ?? Infinity, peak: Math.max(...asked) };
  }).sort((a, b) => a.cost - b.cost);
  if (best === undefined || !(best.cost < (1 - SAVED) * planned)) {
    return [];
  }
  const { risk, floor, cost, peak } = best;
  return [
    {
      code: 'sensitivity-price',
      text: `At these prices an accepted risk of ${percentWords(risk)} would cost less: ${replicaWords(floor)} now and ${String(peak)} at most, ${quantityWords(cost, currency)} over the horizon where the plan costs ${quantityWords(planned, currency)} and ${replicaWords(current)} throughout ${quantityWords(expected.current.cost ?? planned, currency)}`,
      values: { risk, floor, peak, cost, planned, horizonSeconds: grid.length * grid.stepSeconds },
    },
  ];
}
