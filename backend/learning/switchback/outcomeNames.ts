import type { ExperimentOutcome } from '../../../contract/index.ts';

/** What a test compares, as its verdict calls it. */
export const OUTCOME_NAMES: Readonly<Record<ExperimentOutcome, string>> = {
  cost: 'cost',
  replicas: 'number of ready replicas',
  violations: 'share of time in violation',
};

/** The unit of an outcome: currency an hour, replicas, a share. */
export function outcomeUnit(outcome: ExperimentOutcome, currency: string): string {
  return outcome === 'cost' ? `${currency}/h` : outcome === 'replicas' ? 'replicas' : '%';
}
