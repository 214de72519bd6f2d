import { decisionsResponseSchema, type DecisionsResponse } from '../../contract/api.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 30_000;

export interface DecisionsQuestion {
  readonly workload?: string;
  /** Seconds before now; without it all that is kept. */
  readonly withinSeconds?: number;
  readonly limit: number;
}

/** Who did what, newest first. */
export function useDecisions({ workload, withinSeconds, limit }: DecisionsQuestion): Polled<DecisionsResponse> {
  return useResource(
    (signal) =>
      ask({
        path: 'api/v1/decisions',
        params: {
          workload,
          start: withinSeconds === undefined ? undefined : Math.floor(Date.now() / 1000 - withinSeconds),
          limit,
        },
        reader: decisionsResponseSchema,
        signal,
      }),
    { key: ['decisions', workload, withinSeconds, limit].join(' '), intervalMs: INTERVAL_MS }
  );
}
