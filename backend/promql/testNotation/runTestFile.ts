import { HeadroomError } from '../../errors/index.ts';
import { typeOf, type Expr } from '../ast.ts';
import { evaluateInstant, evaluateRange } from '../evaluation/evaluateQuery.ts';
import type { QueryResult, QueryValue } from '../evaluation/queryResult.ts';
import type { EvaluationOptions } from '../evaluation/withContext.ts';
import { MemorySamples } from '../memorySamples.ts';
import { parseExpression } from '../syntax/parseExpression.ts';
import { checkAnnotations, meetsExpectation } from './checkAnnotations.ts';
import { compareResult } from './compareResult.ts';
import { NativeHistograms } from './nativeHistograms.ts';
import { parseTestFile } from './parseTestFile.ts';
import { pinToTime } from './pinToTime.ts';
import type { EvalCommand, LoadCommand } from './testCommand.ts';

export interface TestFailure {
  readonly line: number;
  readonly query: string;
  readonly problem: string;
}

export interface TestReport {
  readonly passed: number;
  readonly failures: readonly TestFailure[];
  /** Evaluations that were left out, by the reason why. */
  readonly skipped: ReadonlyMap<string, number>;
}

const MINUTE_MS = 60_000;
const NATIVE = 'it reads or expects a native histogram, which is out of scope';

/**
 * Runs a file in Prometheus' test notation with the feature flags that Prometheus runs its own with: experimental
 * functions, arithmetic in durations, names dropped late. As there, each instant evaluation is repeated as the middle
 * of a range, and pinned by `@` at other times.
 */
export async function runTestFile(text: string, options: EvaluationOptions = {}): Promise<TestReport> {
  const samples = new MemorySamples();
  const histograms = new NativeHistograms();
  const failures: TestFailure[] = [];
  const skipped = new Map<string, number>();
  let passed = 0;
  for (const command of parseTestFile(text)) {
    if (command.kind === 'clear') {
      samples.clear();
      histograms.clear();
    } else if (command.kind === 'load') {
      load(samples, command);
      histograms.load(command);
    } else if (command.kind === 'invalid') {
      failures.push({ line: command.line, query: command.text, problem: command.problem });
    } else {
      const parsed = parse(command.query);
      if (histograms.concerns(command, parsed instanceof HeadroomError ? undefined : parsed)) {
        skipped.set(NATIVE, (skipped.get(NATIVE) ?? 0) + 1);
        continue;
      }
      const problem = await runEval(samples, command, parsed, { dropsNamesLate: true, ...options });
      if (problem === undefined) {
        passed++;
      } else {
        failures.push({ line: command.line, query: command.query, problem });
      }
    }
  }
  return { passed, failures, skipped };
}

function load(samples: MemorySamples, command: LoadCommand): void {
  for (const { labels, values } of command.series) {
    const kept = [...values.entries()].filter(([, { kind }]) => kind === 'value' || kind === 'stale');
    samples.store(labels, {
      timestamps: Float64Array.from(kept, ([index]) => index * command.stepMs),
      values: Float64Array.from(kept, ([, one]) => (one.kind === 'value' ? one.value : Number.NaN)),
      stale: Uint8Array.from(kept, ([, { kind }]) => (kind === 'stale' ? 1 : 0)),
    });
  }
}

function parse(query: string): Expr | HeadroomError {
  try {
    return parseExpression(query, { isExperimental: true });
  } catch (error) {
    if (error instanceof HeadroomError) {
      return error;
    }
    throw error;
  }
}

/** What is wrong with an evaluation, in words; `undefined` where nothing is. */
async function runEval(
  samples: MemorySamples,
  command: EvalCommand,
  expr: Expr | HeadroomError,
  options: EvaluationOptions
): Promise<string | undefined> {
  if (expr instanceof HeadroomError) {
    return judge(command, expr);
  }
  if (command.isRange) {
    const { startMs, endMs, stepMs } = command;
    return judge(command, await attempt(() => evaluateRange(samples, expr, startMs, endMs, stepMs, options)));
  }
  const problem = await runInstant(samples, command, expr, command.startMs, options);
  if (problem !== undefined) {
    return problem;
  }
  const pinned = pinToTime(expr, command.startMs);
  for (const timeMs of pinned === undefined ? [] : otherTimes(command.startMs)) {
    const pinnedProblem = await runInstant(samples, command, pinned!, timeMs, options);
    if (pinnedProblem !== undefined) {
      return `pinned by @ and evaluated at ${String(timeMs)} ms: ${pinnedProblem}`;
    }
  }
  return undefined;
}

async function runInstant(
  samples: MemorySamples,
  command: EvalCommand,
  expr: Expr,
  timeMs: number,
  options: EvaluationOptions
): Promise<string | undefined> {
  const instant = await attempt(() => evaluateInstant(samples, expr, timeMs, options));
  const problem = judge(command, instant);
  const type = typeOf(expr);
  const isOrdered = command.expectations.some(({ kind }) => kind === 'ordered');
  if (
    problem !== undefined ||
    instant instanceof HeadroomError ||
    isOrdered ||
    (type !== 'vector' && type !== 'scalar')
  ) {
    return problem;
  }
  const range = await attempt(() =>
    evaluateRange(samples, expr, timeMs - MINUTE_MS, timeMs + MINUTE_MS, MINUTE_MS, options)
  );
  if (range instanceof HeadroomError) {
    return `in a range query: ${range.message}`;
  }
  const rangeProblem = compareResult(command, middleOf(range.value, timeMs, type));
  return rangeProblem === undefined ? undefined : `in a range query: ${rangeProblem}`;
}

function otherTimes(timeMs: number): number[] {
  return timeMs === 0 ? [-1000, 0, 1000] : [-10 * timeMs, 0, Math.trunc(timeMs / 5), timeMs, 10 * timeMs];
}

/** A range result at one of its times, as an instant result. */
function middleOf(value: QueryValue, timeMs: number, type: 'vector' | 'scalar'): QueryValue {
  const samples = (value.type === 'matrix' ? value.series : []).flatMap(({ labels, timestamps, values }) => {
    const index = timestamps.indexOf(timeMs);
    return index < 0 ? [] : [{ labels, value: values[index]! }];
  });
  return type === 'scalar' ? { type, timeMs, value: samples[0]?.value ?? Number.NaN } : { type, timeMs, samples };
}

async function attempt(evaluate: () => Promise<QueryResult>): Promise<QueryResult | HeadroomError> {
  try {
    return await evaluate();
  } catch (error) {
    if (error instanceof HeadroomError) {
      return error;
    }
    throw error;
  }
}

function judge(command: EvalCommand, result: QueryResult | HeadroomError): string | undefined {
  const failing = command.expectations.filter(({ kind }) => kind === 'fail');
  if (result instanceof HeadroomError) {
    if (failing.length === 0) {
      return `expected a result, got the error ${result.message}`;
    }
    const unmet = failing.find((expectation) => !meetsExpectation(expectation, result.message));
    return unmet === undefined
      ? undefined
      : `expected the error ${unmet.message ?? unmet.pattern ?? ''}, got ${result.message}`;
  }
  if (failing.length > 0) {
    return 'expected an error, got a result';
  }
  return checkAnnotations(command.expectations, result.annotations) ?? compareResult(command, result.value);
}
