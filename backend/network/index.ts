/** What every room that asks another server over HTTP does alike: time limits, bounded bodies, waits, words for failures. */
export { describeFailure, type TlsHints } from './describeFailure.ts';
export { readText } from './readText.ts';
export { parseRetryAfter, retryDelay } from './retryDelay.ts';
export { TimeoutReached, withTimeout } from './withTimeout.ts';
