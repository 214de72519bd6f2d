import type { FetchResponse } from '@grafana/runtime';
import { fetchSidecar } from './fetchSidecar';

/** A question to read the sidecar by. */
export interface EarlyQuestion {
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number | undefined>>;
}

interface Early {
  readonly atMs: number;
  readonly response: Promise<FetchResponse<unknown>>;
}

/** The fleet, which most pages begin with. */
export const FLEET = { path: 'api/v1/workloads', params: { sparkline: 'false' } } as const satisfies EarlyQuestion;

const FRESH_MS = 5000;

const early = new Map<string, Early>();

/** Asks before the code of the page that wants to know it is there; `takeEarly` has the answer, once. */
export function askEarly(question: EarlyQuestion): void {
  const { path, params } = question;
  const response = fetchSidecar('sidecar', path, { method: 'GET', params });
  response.catch(() => undefined);
  early.set(keyOf(question), { atMs: Date.now(), response });
}

/** What was asked early and nobody has taken, if that is not long ago. */
export function takeEarly(question: EarlyQuestion): Promise<FetchResponse<unknown>> | undefined {
  const key = keyOf(question);
  const found = early.get(key);
  early.delete(key);
  return found === undefined || Date.now() - found.atMs > FRESH_MS ? undefined : found.response;
}

function keyOf({ path, params }: EarlyQuestion): string {
  return JSON.stringify([path, params ?? {}]);
}
