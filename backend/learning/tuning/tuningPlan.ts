import type { TrainingPlan } from '../training/index.ts';
import type { TuningBudget, TuningReach } from './tuningTask.ts';

/** The share of the budget that is spent on learning; the rest goes to reading, validating and scoring. */
const LEARNING_SHARE = 0.58;

/** How each reach learns: small batches of the workload's own windows, for the far one among series made up. */
const REACHES = {
  tune: { windowCount: 16, queryCount: 6, dropout: 0.1, weightDecay: 0.02, syntheticShare: 0, learningRate: 1e-3 },
  full: { windowCount: 32, queryCount: 6, dropout: 0.1, weightDecay: 0.05, syntheticShare: 0.25, learningRate: 3e-3 },
} as const;

/** How a tune learns. */
export function tuningPlan(budget: TuningBudget, reach: TuningReach = 'tune'): TrainingPlan {
  const { learningRate, ...batches } = REACHES[reach];
  return {
    ...batches,
    averageKept: 0.98,
    stages: [
      {
        learningRate,
        usesAll: false,
        ...(budget.kind === 'steps' ? { steps: budget.steps } : { minutes: LEARNING_SHARE * budget.minutes }),
      },
    ],
  };
}
