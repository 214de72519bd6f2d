import { HeadroomError, type ErrorCode, type ErrorDetails } from '../../errors/index.ts';

/** What went wrong with one try, and whether another may succeed. */
export interface Failure {
  readonly error: HeadroomError;
  readonly isTransient: boolean;
  readonly retryAfterSeconds?: number;
}

export interface ErrorAnswer {
  readonly source: string;
  readonly url: string;
  readonly httpStatus: number;
  /** The source's own words, free of secrets. */
  readonly reason: string;
  readonly location: string | undefined;
  /** In words: which credentials were sent. */
  readonly credentials: string;
  readonly query: string;
  readonly endpoint: string;
}

/** Turns an HTTP status other than 2xx into a coded error: 408, 429 and 5xx may pass by themselves, all others will not. */
export function classifyStatus(answer: ErrorAnswer): Failure {
  const { location, ...details } = answer;
  const { httpStatus } = answer;
  if (httpStatus < 400) {
    const problem = `it redirects${location === undefined ? '' : ` to ${withoutQuery(location)}`}`;
    return failure('SOURCE_ANSWER_INVALID', { ...details, problem }, false);
  }
  if (httpStatus === 401 || httpStatus === 403 || httpStatus === 407) {
    return failure('SOURCE_UNAUTHORIZED', details, false);
  }
  if (httpStatus === 429) {
    return failure('SOURCE_RATE_LIMITED', details, true);
  }
  if (httpStatus === 408 || httpStatus >= 500) {
    return failure('SOURCE_UNAVAILABLE', details, httpStatus !== 501);
  }
  if (httpStatus === 404 || httpStatus === 405 || httpStatus === 410) {
    return failure('SOURCE_ENDPOINT_MISSING', details, false);
  }
  return failure('SOURCE_QUERY_INVALID', details, false);
}

function failure(code: ErrorCode, details: ErrorDetails, isTransient: boolean): Failure {
  return { error: new HeadroomError(code, details), isTransient };
}

function withoutQuery(location: string): string {
  return location.split(/[?#]/, 1)[0]!;
}
