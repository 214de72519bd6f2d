import type { WorkerOptions } from 'node:worker_threads';

/**
 * For each thread that reckons. V8 lets young objects have more the more memory the machine has, and keeps what they once
 * had: 128 MiB in a thread that used 26.
 */
export const THREAD_LIMITS = {
  resourceLimits: { maxYoungGenerationSizeMb: 48 },
} as const satisfies WorkerOptions;
