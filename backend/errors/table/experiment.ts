import type { ErrorEntry } from '../errorEntry.ts';

export const experimentErrors = {
  EXPERIMENT_INVALID: {
    status: 400,
    message: 'The test cannot be designed so: {problem}',
    action: 'Change window, burnIn, period or days; POST /api/v1/experiments/plan tells what a design would find',
  },
  EXPERIMENT_IMPOSSIBLE: {
    status: 409,
    message: 'Workload {workload} cannot be tested now: {reason}',
    action: 'See to what it names, then start the test again',
  },
  EXPERIMENT_RUNNING: {
    status: 409,
    message: 'Test {id} is running on workload {workload}',
    action: 'Wait for its end, or stop it with POST /api/v1/experiments/{id}/stop',
  },
  EXPERIMENT_OVER: {
    status: 409,
    message: 'Test {id} is over: {reason}',
    action: 'Read its verdict with GET /api/v1/experiments/{id}',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
