import { HeadroomError } from '../../../errors/index.ts';
import {
  annotationTexts,
  describeExpression,
  documentedType,
  evaluateInstant,
  evaluateRange,
  isRangeable,
  parseExpression,
  prettyPrint,
  selectsSeries,
  typeOf,
  type EvaluationOptions,
  type Expr,
  type QueryResult,
  type QueryValue,
} from '../../../promql/index.ts';
import type { ApiAnswer, ApiRequest } from './apiRequest.ts';
import { describeStats } from './describeStats.ts';
import { encodeResult } from './encodeResult.ts';
import { badData, invalidParameter } from './parameters.ts';

const MOST_STEPS = 11_000;
const MOST_NOTES = 10;
const TRUNCATED = 'results truncated due to limit';

/** `query`: the value of an expression at one time. */
export async function query(request: ApiRequest): Promise<ApiAnswer> {
  const { parameters, nowMs } = request;
  const limit = parameters.limit();
  const timeMs = parameters.timeMs('time', nowMs);
  const timeoutMs = parameters.durationMs('timeout');
  const lookbackMs = lookback(request);
  const expr = parseQuery(request);
  const timeAt = (): number => timeMs;
  return await answer(request, { limit, timeoutMs, lookbackMs, timeAt }, (options) =>
    evaluateInstant(request.source, expr, timeMs, options)
  );
}

/** `query_range`: the values of an expression at every step of a range. */
export async function queryRange(request: ApiRequest): Promise<ApiAnswer> {
  const { parameters } = request;
  const limit = parameters.limit();
  const startMs = parameters.requiredTimeMs('start');
  const endMs = parameters.requiredTimeMs('end');
  if (endMs < startMs) {
    throw invalidParameter('end', 'end timestamp must not be before start time');
  }
  const stepMs = requiredStepMs(request);
  if (Math.trunc((endMs - startMs) / stepMs) > MOST_STEPS) {
    throw badData(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'
    );
  }
  const timeoutMs = parameters.durationMs('timeout');
  const lookbackMs = lookback(request);
  const expr = parseQuery(request);
  if (!isRangeable(expr)) {
    const type = documentedType(typeOf(expr));
    throw invalidParameter(
      'query',
      `invalid expression type "${type}" for range query, must be Scalar or instant Vector`
    );
  }
  const timeAt = (step: number): number => startMs + step * stepMs;
  return await answer(request, { limit, timeoutMs, lookbackMs, timeAt }, (options) =>
    evaluateRange(request.source, expr, startMs, endMs, stepMs, options)
  );
}

/** `format_query`: an expression over as many lines as it needs. */
export function formatQuery(request: ApiRequest): ApiAnswer {
  return { data: prettyPrint(parseQuery(request)) };
}

/** `parse_query`: the syntax tree of an expression. */
export function parseQueryTree(request: ApiRequest): ApiAnswer {
  return { data: describeExpression(parseQuery(request)) };
}

/** `query_exemplars`: there are none; where no series is asked for, Prometheus has no content for it. */
export function queryExemplars({ parameters }: ApiRequest): ApiAnswer {
  const startMs = parameters.timeMs('start', Number.NEGATIVE_INFINITY);
  if (parameters.timeMs('end', Number.POSITIVE_INFINITY) < startMs) {
    throw badData('end timestamp must not be before start timestamp');
  }
  return selectsSeries(parseExpression(parameters.text('query'))) ? { data: [] } : 'noContent';
}

function parseQuery({ parameters }: ApiRequest): Expr {
  try {
    return parseExpression(parameters.text('query'));
  } catch (error) {
    throw error instanceof HeadroomError ? invalidParameter('query', error.message) : error;
  }
}

function requiredStepMs({ parameters }: ApiRequest): number {
  const stepMs = parameters.durationMs('step');
  if (stepMs === undefined) {
    throw invalidParameter('step', 'cannot parse "" to a valid duration');
  }
  if (stepMs < 1) {
    throw invalidParameter(
      'step',
      'zero or negative query resolution step widths are not accepted. Try a positive integer'
    );
  }
  return Math.trunc(stepMs);
}

function lookback({ parameters }: ApiRequest): number | undefined {
  const text = parameters.text('lookback_delta');
  try {
    const lookbackMs = parameters.durationMs('lookback_delta');
    return lookbackMs === undefined || lookbackMs <= 0 ? undefined : Math.trunc(lookbackMs);
  } catch {
    throw badData(`error parsing lookback delta duration: cannot parse "${text}" to a valid duration`);
  }
}

interface Wanted {
  readonly limit: number;
  readonly timeoutMs: number | undefined;
  readonly lookbackMs: number | undefined;
  /** The time of a step, in epoch milliseconds. */
  readonly timeAt: (step: number) => number;
}

async function answer(
  { parameters, signal, gate, source }: ApiRequest,
  { limit, timeoutMs, lookbackMs, timeAt }: Wanted,
  evaluate: (options: EvaluationOptions) => Promise<QueryResult>
): Promise<ApiAnswer> {
  const begin = performance.now();
  const wanted = parameters.text('stats');
  const { value, annotations, stats, queuedMs } = await gate.run(
    timeoutMs,
    signal,
    async ({ checkpoint, pool, queuedMs: waited }) => ({
      queuedMs: waited,
      ...(await evaluate({
        checkpoint,
        pool,
        maxSamples: gate.limits.maxSamples,
        countsPerStep: wanted === 'all',
        clockMs: () => performance.now(),
        ...(lookbackMs === undefined ? {} : { lookbackMs }),
      })),
    })
  );
  const times = { queuedMs, totalMs: performance.now() - begin };
  const all = [...annotations, ...source.notices()];
  const text = parameters.text('query');
  const limited = truncate(value, limit);
  const warnings = annotationTexts(all, 'warning', text, MOST_NOTES);
  return {
    pieces: encodeResult(limited, {
      warnings: limited === value ? warnings : [...warnings, TRUNCATED],
      infos: annotationTexts(all, 'info', text, MOST_NOTES),
      ...(wanted === '' ? {} : { stats: describeStats(stats, times, timeAt) }),
    }),
  };
}

function truncate(value: QueryValue, limit: number): QueryValue {
  if (limit > 0 && value.type === 'vector' && value.samples.length > limit) {
    return { ...value, samples: value.samples.slice(0, limit) };
  }
  if (limit > 0 && value.type === 'matrix' && value.series.length > limit) {
    return { ...value, series: value.series.slice(0, limit) };
  }
  return value;
}
