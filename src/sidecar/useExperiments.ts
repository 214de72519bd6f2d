import type { z } from 'zod';
import { experimentSchema, experimentsResponseSchema, type Experiment } from '../../contract/experiments.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

export type ExperimentsResponse = z.infer<typeof experimentsResponseSchema>;

/** Every test, newest first. */
export function useExperiments(): Polled<ExperimentsResponse> {
  return useResource((signal) => ask({ path: 'api/v1/experiments', reader: experimentsResponseSchema, signal }), {
    key: 'experiments',
    intervalMs: INTERVAL_MS,
  });
}

/** One test. */
export function useExperiment(id: string): Polled<Experiment> {
  return useResource(
    (signal) => ask({ path: `api/v1/experiments/${encodeURIComponent(id)}`, reader: experimentSchema, signal }),
    { key: `experiment ${id}`, intervalMs: INTERVAL_MS }
  );
}
