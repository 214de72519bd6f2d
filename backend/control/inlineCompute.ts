import type { Compute } from './compute.ts';
import { ComputeHandler } from './computeHandler.ts';

/** Does the jobs in place: for tests and one-off commands, where a blocked event loop harms nobody. */
export function createInlineCompute(monotonicSeconds: () => number): Compute {
  const handler = new ComputeHandler(monotonicSeconds);
  return {
    outlook: (job) => handler.outlook(job),
    fit: (job) => handler.fit(job),
    importance: (job) => handler.importance(job),
    preview: (job) => handler.preview(job),
    near: (job) => handler.near(job),
    planning: (job) => handler.planning(job),
    forget: (workload) => {
      handler.forget(workload);
      return Promise.resolve();
    },
    queued: () => 0,
    close: () => Promise.resolve(),
  };
}
