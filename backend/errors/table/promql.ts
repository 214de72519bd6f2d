import type { ErrorEntry } from '../errorEntry.ts';

export const promqlErrors = {
  PROMQL_QUERY_INVALID: {
    status: 400,
    message: '{problem}',
    action: 'Correct the query; the position is line:column in it',
  },
  PROMQL_EXECUTION_FAILED: {
    status: 422,
    message: '{problem}',
    action: 'Change the query; what it asks for cannot be computed from this data',
  },
  PROMQL_TOO_MANY_SAMPLES: {
    status: 422,
    message: 'query processing would load too many samples into memory in query execution',
    action: 'Ask for a shorter time range, fewer series or a longer step; the limit is {limit} samples',
  },
  PROMQL_TIMEOUT: {
    status: 503,
    message: 'query timed out in {where}',
    action: 'Ask for less at once, or give a longer timeout',
  },
  PROMQL_CANCELED: {
    status: 503,
    message: 'query was canceled in {where}',
    action: 'Ask again; the reader went away or the sidecar is stopping',
  },
  PROMQLTEST_FAILED: {
    status: 500,
    message: '{failed} of {total} query tests failed',
    action: 'Each is printed with its file and line, what was expected and what came',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
