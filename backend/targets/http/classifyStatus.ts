import { STATUS_CODES } from 'node:http';
import { HeadroomError, type ErrorCode } from '../../errors/index.ts';

/** What went wrong with one try, and whether another may succeed. */
export interface Failure {
  readonly error: HeadroomError;
  readonly isTransient: boolean;
  /** What was asked for may have been done all the same. */
  readonly isAmbiguous: boolean;
  /** The least wait that the server asks for. */
  readonly retryAfterSeconds?: number;
}

export interface ErrorAnswer {
  readonly target: string;
  readonly status: number;
  /** Where a redirect leads, without path and query. */
  readonly redirect?: string;
  /** The answer says that a higher fence stands. */
  readonly isFenced?: boolean;
}

/** Turns an HTTP status other than 2xx into a coded error. The server's own words are no part of it: they may hold secrets. */
export function classifyStatus({ target, status, redirect, isFenced = false }: ErrorAnswer): Failure {
  const reason = `it answers ${status}${STATUS_CODES[status] === undefined ? '' : ` ${STATUS_CODES[status]}`}`;
  if (status < 400) {
    const problem = `${reason}${redirect === undefined ? '' : ` to ${redirect}`}, and redirects are not followed`;
    return definite(new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem }));
  }
  if (status === 429) {
    return { ...definite(new HeadroomError('TARGET_THROTTLED', { target, reason })), isTransient: true };
  }
  if (status === 408 || status >= 500) {
    return {
      error: new HeadroomError('TARGET_FAILED', { target, reason }),
      isTransient: status !== 501 && status !== 505,
      isAmbiguous: true,
    };
  }
  return definite(new HeadroomError(isFenced ? 'TARGET_FENCED' : codeOf(status), { target, reason }));
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'TARGET_FORBIDDEN';
    case 404:
    case 410:
      return 'TARGET_GONE';
    case 409:
    case 412:
      return 'TARGET_CONFLICT';
    default:
      return 'TARGET_REFUSED';
  }
}

function definite(error: HeadroomError): Failure {
  return { error, isTransient: false, isAmbiguous: false };
}
