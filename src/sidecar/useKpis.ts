import { z } from 'zod';
import { kpisResponseSchema, type KpiBy, type KpisResponse } from '../../contract/kpis.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 300_000;
const TIMEOUT_SECONDS = 120;

export interface KpisQuestion {
  /** Epoch seconds; whole UTC days, the last one not in it. */
  readonly start: number;
  readonly end: number;
  readonly by?: KpiBy;
  readonly period?: 'day' | 'week' | 'month';
  /** This one alone. */
  readonly workload?: string;
}

/** What Headroom was worth in some days. */
export function useKpis(question: KpisQuestion): Polled<KpisResponse> {
  return useResource(
    (signal) =>
      ask({
        path: 'api/v1/kpis',
        params: { ...question },
        reader: kpisResponseSchema,
        signal,
        timeoutSeconds: TIMEOUT_SECONDS,
      }),
    { key: `kpis ${JSON.stringify(question)}`, intervalMs: INTERVAL_MS }
  );
}

/** The same figures as CSV. */
export function exportKpis(question: KpisQuestion): Promise<string> {
  return ask({
    path: 'api/v1/kpis',
    params: { ...question, format: 'csv' },
    reader: z.string(),
    responseType: 'text',
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
