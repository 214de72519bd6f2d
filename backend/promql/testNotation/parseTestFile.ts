import { parseDurationSeconds } from '../../timeseries/index.ts';
import { numberValue } from '../syntax/scanNumber.ts';
import { unquote } from '../syntax/scanString.ts';
import { parseSeriesNotation, type NotedSeries } from './seriesNotation.ts';
import type { EvalCommand, Expectation, TestCommand } from './testCommand.ts';

const LOAD = /^load(?:_(with_nhcb))?\s+(\S.*)$/;
const EVAL_INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+))?\s+(\S.*)$/;
const EVAL_RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(\S.*)$/;
const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
const EXPECT_STRING = /^expect\s+string\s+(["'`].*["'`])$/;

/** Reads a file in the notation of Prometheus' `promql/promqltest` (v3.5). */
export function parseTestFile(text: string): TestCommand[] {
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
  const commands: TestCommand[] = [];
  for (let at = 0; at < lines.length; at++) {
    const head = lines[at]!;
    if (head === '') {
      continue;
    }
    const line = at + 1;
    const body: string[] = [];
    if (!/^clear\b/.test(head)) {
      while (at + 1 < lines.length && lines[at + 1] !== '') {
        body.push(lines[++at]!);
      }
    }
    try {
      commands.push(parseCommand(head, body, line));
    } catch (error) {
      commands.push({ kind: 'invalid', line, text: head, problem: (error as Error).message });
    }
  }
  return commands;
}

function parseCommand(head: string, body: readonly string[], line: number): TestCommand {
  if (/^clear\b/i.test(head)) {
    return { kind: 'clear', line };
  }
  const load = LOAD.exec(head);
  if (load !== null) {
    const stepMs = milliseconds(load[2]!, 'step');
    return {
      kind: 'load',
      line,
      stepMs,
      series: body.map(parseSeriesNotation),
      hasNativeHistograms: load[1] !== undefined,
    };
  }
  const instant = EVAL_INSTANT.exec(head);
  if (instant !== null) {
    const startMs = milliseconds(instant[2] ?? '0', 'time');
    const at = { isRange: false, startMs, endMs: startMs, stepMs: 0 };
    return { kind: 'eval', line, query: instant[3]!, ...at, ...parseExpected(instant[1], body, false) };
  }
  const range = EVAL_RANGE.exec(head);
  if (range !== null) {
    const [startMs, endMs, stepMs] = [range[2]!, range[3]!, range[4]!].map((time) => milliseconds(time, 'time'));
    if (endMs! < startMs!) {
      throw new Error('the end of the range is before its start');
    }
    const at = { isRange: true, startMs: startMs!, endMs: endMs!, stepMs: stepMs! };
    return { kind: 'eval', line, query: range[5]!, ...at, ...parseExpected(range[1], body, true) };
  }
  throw new Error(
    'this is no command: expected clear, load STEP, eval instant at TIME QUERY or eval range from TIME to TIME step STEP QUERY'
  );
}

type Expected = Pick<EvalCommand, 'expectations' | 'series'> & { readonly scalar?: number };

function parseExpected(mode: string | undefined, body: readonly string[], isRange: boolean): Expected {
  const expectations: Expectation[] = mode === undefined ? [] : [{ kind: mode as Expectation['kind'] }];
  const series: NotedSeries[] = [];
  for (const line of body) {
    const [word] = line.split(/\s+/, 1);
    if (word === 'expect') {
      expectations.push(parseExpectation(line));
    } else if (mode === 'fail' && /^expected_fail_(message|regexp)\b/.test(line)) {
      const text = line.replace(/^expected_fail_\w+\s*/, '');
      expectations.push({
        kind: 'fail',
        ...(line.startsWith('expected_fail_m') ? { message: text } : { pattern: text }),
      });
    } else {
      const scalar = /^[+-]?(?:[0-9.]|inf|nan)/i.test(line) ? numberValue(line) : undefined;
      if (scalar !== undefined) {
        return { expectations, series, scalar };
      }
      series.push(parseSeriesNotation(line));
    }
  }
  if (!isRange && series.some(({ values }) => values.length > 1)) {
    throw new Error('an instant evaluation has one value for each series');
  }
  requireConsistent(expectations);
  return { expectations, series };
}

function parseExpectation(line: string): Expectation {
  const text = EXPECT_STRING.exec(line)?.[1];
  if (text !== undefined) {
    return { kind: 'string', message: unquote(text) };
  }
  const [matched, kind, form, detail] = EXPECT.exec(line) ?? [];
  if (matched === undefined) {
    throw new Error('expected "expect TYPE [msg:TEXT|regex:PATTERN]"');
  }
  if (form === undefined) {
    return { kind: kind as Expectation['kind'] };
  }
  return { kind: kind as Expectation['kind'], [form === 'msg' ? 'message' : 'pattern']: detail?.trim() ?? '' };
}

function requireConsistent(expectations: readonly Expectation[]): void {
  const kinds = expectations.map(({ kind }) => kind);
  for (const kind of ['info', 'warn'] as const) {
    if (kinds.includes(kind) && kinds.includes(`no_${kind}`)) {
      throw new Error(`${kind} and no_${kind} cannot be expected together`);
    }
  }
}

function milliseconds(text: string, what: string): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) {
    throw new Error(`${what} "${text}" is no duration`);
  }
  return seconds * 1000;
}
