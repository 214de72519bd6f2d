const BASE_SECONDS = 0.5;
const CAP_SECONDS = 15;

/**
 * Seconds to wait before try `attempt` + 1 (`attempt` counts from 0): exponential with full jitter, at most 15.
 *
 * What the server asked for by Retry-After is a least wait, up to the same cap. Source: AWS Architecture Blog,
 * "Exponential Backoff And Jitter".
 */
export function retryDelay(attempt: number, random: () => number, retryAfterSeconds = 0): number {
  const jittered = random() * Math.min(CAP_SECONDS, BASE_SECONDS * 2 ** attempt);
  return Math.min(CAP_SECONDS, Math.max(jittered, retryAfterSeconds));
}

/** Reads a Retry-After header, seconds or an HTTP date; `undefined` where there is none that can be read. */
export function parseRetryAfter(header: string | null, nowSeconds: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  if (/^\d+$/.test(header.trim())) {
    return Number(header);
  }
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs / 1000 - nowSeconds);
}
