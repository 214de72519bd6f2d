import type { TrainingPlan } from '../training/index.ts';
import type { TuningBudget } from './tuningTask.ts';

/** The share of the budget that is spent on learning; the rest goes to reading, validating and scoring. */
const LEARNING_SHARE = 0.58;

/** How a tune learns: small batches of the workload's own windows, with nothing made up. */
export function tuningPlan(budget: TuningBudget): TrainingPlan {
  return {
    windowCount: 16,
    queryCount: 6,
    dropout: 0.1,
    weightDecay: 0.02,
    averageKept: 0.98,
    syntheticShare: 0,
    stages: [
      {
        learningRate: 1e-3,
        usesAll: false,
        ...(budget.kind === 'steps' ? { steps: budget.steps } : { minutes: LEARNING_SHARE * budget.minutes }),
      },
    ],
  };
}
