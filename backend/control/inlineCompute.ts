import type { Compute } from './compute.ts';
import type { WorkloadModels } from '../learning/index.ts';
import { ComputeHandler } from './computeHandler.ts';

/** Does the jobs in place: for tests and one-off commands, where a blocked event loop harms nobody. */
export function createInlineCompute(monotonicSeconds: () => number, models?: WorkloadModels): Compute {
  const handler = new ComputeHandler(monotonicSeconds, models);
  return {
    outlook: (job) => handler.outlook(job),
    fit: (job) => handler.fit(job),
    importance: (job) => handler.importance(job),
    shadow: (job) => handler.shadow(job),
    preview: (job) => handler.preview(job),
    near: (job) => handler.near(job),
    planning: (job) => handler.planning(job),
    models: () => handler.models(),
    forget: (workload) => {
      handler.forget(workload);
      return Promise.resolve();
    },
    queued: () => 0,
    close: () => Promise.resolve(),
  };
}
