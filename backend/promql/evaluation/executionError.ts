import { HeadroomError } from '../../errors/index.ts';

/** A query that cannot be computed from its data, in Prometheus' words. */
export function executionError(problem: string): HeadroomError {
  return new HeadroomError('PROMQL_EXECUTION_FAILED', { problem });
}

export const SAME_LABELSET = 'vector cannot contain metrics with the same labelset';
