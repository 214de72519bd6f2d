import { isFetchError } from '@grafana/runtime';
import type { Problem } from '../../contract/problem.ts';

/** Why a question to the sidecar has no answer. */
export type Failure =
  | { readonly kind: 'unreachable'; readonly status: number | null }
  | { readonly kind: 'timeout'; readonly seconds: number }
  | { readonly kind: 'unauthorized'; readonly permission: string }
  | { readonly kind: 'forbidden'; readonly permission: string; readonly by: 'grafana' | 'sidecar' }
  | { readonly kind: 'notFound'; readonly problem: Problem | null }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unexpected'; readonly status: number | null; readonly detail: string };

/** A failed question, as an exception. */
export class SidecarError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`sidecar: ${failure.kind}`);
    this.name = 'SidecarError';
    this.failure = failure;
  }
}

/** What went wrong, from anything thrown while asking. */
export function failureOf(thrown: unknown, permission: string): Failure {
  if (thrown instanceof SidecarError) {
    return thrown.failure;
  }
  if (!isFetchError<unknown>(thrown)) {
    return { kind: 'unreachable', status: null };
  }
  const problem = problemOf(thrown.data);
  switch (thrown.status) {
    case 401:
      // The token was right, and the person could not be told: the sidecar says what to do.
      return problem?.code.startsWith('API_IDENTITY') === true
        ? { kind: 'problem', problem }
        : { kind: 'unauthorized', permission };
    case 403:
      return { kind: 'forbidden', permission, by: problem === null ? 'grafana' : 'sidecar' };
    case 404:
      return { kind: 'notFound', problem };
    default:
      break;
  }
  if (problem !== null) {
    return { kind: 'problem', problem };
  }
  if (thrown.status === 502 || thrown.status === 503 || thrown.status === 504 || thrown.status <= 0) {
    return { kind: 'unreachable', status: thrown.status > 0 ? thrown.status : null };
  }
  return { kind: 'unexpected', status: thrown.status, detail: messageOf(thrown.data) ?? thrown.statusText ?? '' };
}

/** The failure in anything that was thrown where a question was asked. */
export function failureFrom(thrown: unknown): Failure {
  return thrown instanceof SidecarError
    ? thrown.failure
    : { kind: 'unexpected', status: null, detail: thrown instanceof Error ? thrown.message : String(thrown) };
}

function problemOf(data: unknown): Problem | null {
  if (typeof data !== 'object' || data === null) {
    return null;
  }
  const body = data as Readonly<Record<string, unknown>>;
  const { code, title, detail, action, status, type } = body;
  if (typeof code !== 'string' || typeof title !== 'string') {
    return null;
  }
  return {
    type: textOr(type, 'about:blank'),
    title,
    status: typeof status === 'number' ? status : 0,
    detail: textOr(detail, ''),
    code,
    action: textOr(action, ''),
  };
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function messageOf(data: unknown): string | undefined {
  if (typeof data === 'string' && data !== '') {
    return data.slice(0, 300);
  }
  if (typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string') {
    return data.message === '' ? undefined : data.message;
  }
  return undefined;
}
