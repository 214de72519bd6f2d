import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import { describeFailure, TimeoutReached } from '../../network/index.ts';
import { formatDuration } from '../../timeseries/index.ts';

const CODES: ReadonlyArray<readonly [RegExp, ErrorCode]> = [
  [/Throttl|RequestLimitExceeded|TooManyRequests/, 'TARGET_THROTTLED'],
  [
    /AccessDenied|Unauthorized|InvalidClientTokenId|ExpiredToken|SignatureDoesNotMatch|UnrecognizedClient|AuthFailure/,
    'TARGET_FORBIDDEN',
  ],
  [/AlreadyExists|ResourceContention|ScalingActivityInProgress/, 'TARGET_CONFLICT'],
  [/^(Validation|LimitExceeded|InvalidParameter)/, 'TARGET_REFUSED'],
];

/** Turns what AWS's client throws into a coded error, by name and status alone: its words may hold what was sent. */
export function awsError(target: string, error: unknown, timeoutSeconds: number): HeadroomError {
  if (error instanceof HeadroomError) {
    return error;
  }
  if (error instanceof TimeoutReached) {
    return new HeadroomError('TARGET_TIMEOUT', { target, timeout: formatDuration(timeoutSeconds) });
  }
  const name = error instanceof Error ? error.name : '';
  if (name === 'CredentialsProviderError') {
    const problem = 'AWS credentials are not to be found where the AWS client looks for them';
    return new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem });
  }
  const status = statusOf(error);
  if (status === undefined) {
    return new HeadroomError('TARGET_UNREACHABLE', { target, reason: describeFailure(error) });
  }
  const reason = `AWS answers ${status}${/^[A-Za-z.]{1,60}$/.test(name) ? ` (${name})` : ''}`;
  const code = CODES.find(([pattern]) => pattern.test(name))?.[1];
  return new HeadroomError(status >= 500 ? 'TARGET_FAILED' : (code ?? codeOf(status)), { target, reason });
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'TARGET_FORBIDDEN';
    case 404:
      return 'TARGET_GONE';
    case 429:
      return 'TARGET_THROTTLED';
    default:
      return status < 400 ? 'TARGET_FAILED' : 'TARGET_REFUSED';
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  if (typeof status === 'number') {
    return status;
  }
  // An answer that the client could not read.
  const response = '$response' in error ? error.$response : undefined;
  return typeof response === 'object' && response !== null && 'statusCode' in response
    ? Number(response.statusCode)
    : undefined;
}
