import { numberValue } from '../syntax/scanNumber.ts';
import { scanString, unquote } from '../syntax/scanString.ts';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import { LabelSet } from '../labelSet.ts';

/** One place in a series' values. */
export type NotedValue =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'stale' }
  | { readonly kind: 'omitted' }
  | { readonly kind: 'histogram' };

/** A line such as `name{a="1"} 0+10x5 _ stale`: labels and the values at successive steps. */
export interface NotedSeries {
  readonly labels: LabelSet;
  readonly values: readonly NotedValue[];
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const NUMBER = String.raw`(?:[0-9][0-9._]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9][0-9smhdwy]*|[iI][nN][fF]|[nN][aA][nN])`;
const ITEM = new RegExp(`^([+-]?${NUMBER})(?:([+-])(${NUMBER}))?(?:x([0-9]+))?$`);
const REPEATED = /^(_|stale)(?:x([0-9]+))?$/;
const HISTOGRAM = /\{\{[^}]*\}\}(?:[+-]\{\{[^}]*\}\})?(?:x([0-9]+))?/y;
const LONGEST = 1_000_000;

/** Reads a series line; throws an Error that says what is wrong. */
export function parseSeriesNotation(line: string): NotedSeries {
  const { labels, end } = parseLabels(line);
  const values: NotedValue[] = [];
  let at = end;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      at++;
      continue;
    }
    const { added, length } = parseItem(line, at);
    if (values.length + added.length > LONGEST) {
      throw new Error(`more than ${String(LONGEST)} values in one series`);
    }
    values.push(...added);
    at += length;
  }
  return { labels, values };
}

function parseLabels(line: string): { readonly labels: LabelSet; readonly end: number } {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0] ?? '';
  const labels: Array<[string, string]> = name === '' ? [] : [['__name__', name]];
  let at = name.length;
  if (line.charAt(at) !== '{' || line.startsWith('{{', at)) {
    if (name === '') {
      throw new Error('expected a metric name or a label set in braces');
    }
    return { labels: LabelSet.from(Object.fromEntries(labels)), end: at };
  }
  at = skipSpace(line, at + 1);
  while (line.charAt(at) !== '}') {
    const label = parseWord(line, at);
    at = skipSpace(line, label.end);
    if (line.charAt(at) === '=') {
      const value = parseQuoted(line, skipSpace(line, at + 1));
      labels.push([label.text, value.text]);
      at = skipSpace(line, value.end);
    } else if (label.isQuoted) {
      labels.push(['__name__', label.text]);
    } else {
      throw new Error(`expected "=" after label ${label.text}`);
    }
    if (line.charAt(at) === ',') {
      at = skipSpace(line, at + 1);
    } else if (line.charAt(at) !== '}') {
      throw new Error('expected "," or "}" in label set');
    }
  }
  return { labels: LabelSet.from(Object.fromEntries(labels)), end: at + 1 };
}

function parseWord(
  line: string,
  at: number
): { readonly text: string; readonly end: number; readonly isQuoted: boolean } {
  if (/["'`]/.test(line.charAt(at))) {
    return { ...parseQuoted(line, at), isQuoted: true };
  }
  LABEL_NAME.lastIndex = at;
  const text = LABEL_NAME.exec(line)?.[0];
  if (text === undefined) {
    throw new Error('expected a label name or "}" in label set');
  }
  return { text, end: at + text.length, isQuoted: false };
}

function parseQuoted(line: string, at: number): { readonly text: string; readonly end: number } {
  if (!/["'`]/.test(line.charAt(at))) {
    throw new Error('expected a quoted text in label set');
  }
  const end = scanString(line, at);
  return { text: unquote(line.slice(at, end)), end };
}

function skipSpace(line: string, at: number): number {
  return at + (/^\s*/.exec(line.slice(at))?.[0].length ?? 0);
}

function parseItem(line: string, at: number): { readonly added: readonly NotedValue[]; readonly length: number } {
  HISTOGRAM.lastIndex = at;
  const histogram = HISTOGRAM.exec(line);
  if (histogram !== null) {
    const count = histogram[1] === undefined ? 1 : Number(histogram[1]) + 1;
    return { added: repeat({ kind: 'histogram' }, count), length: histogram[0].length };
  }
  const word = /^\S+/.exec(line.slice(at))?.[0] ?? '';
  const [, fixed, times] = REPEATED.exec(word) ?? [];
  if (fixed !== undefined) {
    const extra = fixed === 'stale' ? 1 : 0;
    const count = times === undefined ? 1 : Number(times) + extra;
    return { added: repeat({ kind: fixed === 'stale' ? 'stale' : 'omitted' }, count), length: word.length };
  }
  const [, first, sign, step, count] = ITEM.exec(word) ?? [];
  const start = first === undefined ? undefined : readNumber(first);
  const increment = step === undefined ? 0 : readNumber(step);
  if (start === undefined || increment === undefined || (step !== undefined && count === undefined)) {
    throw new Error(`"${word}" is no series value`);
  }
  const added: NotedValue[] = [];
  let value = start;
  const last = Math.min(LONGEST, Number(count ?? 0));
  for (let i = 0; i <= last; i++) {
    added.push({ kind: 'value', value });
    value += sign === '-' ? -increment : increment;
  }
  return { added, length: word.length };
}

function repeat(value: NotedValue, count: number): NotedValue[] {
  return new Array<NotedValue>(Math.min(LONGEST + 1, count)).fill(value);
}

function readNumber(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  const value = numberValue(text);
  if (value !== undefined) {
    return value;
  }
  const seconds = parseDurationSeconds(unsigned);
  return seconds === undefined ? undefined : text.startsWith('-') ? -seconds : seconds;
}
