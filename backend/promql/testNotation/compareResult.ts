import { compareLabelSets } from '../labelSet.ts';
import { formatGeneral } from '../formatValue.ts';
import type { MatrixSeries, QueryValue } from '../evaluation/queryResult.ts';
import { almostEqual } from './almostEqual.ts';
import type { NotedSeries } from './seriesNotation.ts';
import type { EvalCommand } from './testCommand.ts';

const EPSILON = 1e-6;

/** What is wrong with a result, in words: `expected ..., got ...`; `undefined` where nothing is. */
export function compareResult(command: EvalCommand, value: QueryValue): string | undefined {
  const wanted = command.expectations.find(({ kind }) => kind === 'string');
  if (wanted !== undefined || value.type === 'string') {
    return value.type === 'string' && value.value === wanted?.message
      ? undefined
      : `expected ${wanted === undefined ? 'no string' : `string "${wanted.message ?? ''}"`}, got ${printValue(value)}`;
  }
  if (command.scalar !== undefined || value.type === 'scalar') {
    const isEqual =
      value.type === 'scalar' && command.scalar !== undefined && almostEqual(command.scalar, value.value, EPSILON);
    const expected = command.scalar === undefined ? 'a vector' : `scalar ${formatGeneral(command.scalar)}`;
    return isEqual ? undefined : `expected ${expected}, got ${printValue(value)}`;
  }
  return value.type === 'vector' ? compareVector(command, value) : compareMatrix(command, value.series);
}

function compareVector(command: EvalCommand, value: Extract<QueryValue, { type: 'vector' }>): string | undefined {
  const isOrdered = command.expectations.some(({ kind }) => kind === 'ordered');
  const expected = new Map(command.series.map((series, position) => [series.labels.key, { series, position }]));
  for (const [position, { labels, value: actual }] of value.samples.entries()) {
    const match = expected.get(labels.key);
    if (match === undefined) {
      return `expected no ${labels.toString()}, got ${formatGeneral(actual)}`;
    }
    if (isOrdered && match.position !== position) {
      return `expected ${labels.toString()} at place ${String(match.position + 1)}, got it at ${String(position + 1)}`;
    }
    const wanted = match.series.values[0];
    if (wanted?.kind !== 'value' || !almostEqual(wanted.value, actual, EPSILON)) {
      return `expected ${printNoted(match.series)} for ${labels.toString()}, got ${formatGeneral(actual)}`;
    }
    expected.delete(labels.key);
  }
  const [missing] = expected.values();
  return missing === undefined ? undefined : `expected ${missing.series.labels.toString()}, got no such series`;
}

function compareMatrix(command: EvalCommand, series: readonly MatrixSeries[]): string | undefined {
  if (command.expectations.some(({ kind }) => kind === 'ordered')) {
    return 'expected an ordered result, got a matrix';
  }
  const expected = new Map(command.series.map((noted) => [noted.labels.key, noted]));
  for (const [index, actual] of series.entries()) {
    const next = series[index + 1];
    if (next !== undefined && compareLabelSets(actual.labels, next.labels) > 0) {
      return `expected series sorted by labels, got ${actual.labels.toString()} before ${next.labels.toString()}`;
    }
    const noted = expected.get(actual.labels.key);
    if (noted === undefined) {
      return `expected no ${actual.labels.toString()}, got ${printPoints(actual)}`;
    }
    if (!hasPoints(command, noted, actual)) {
      return `expected ${printNoted(noted)} for ${actual.labels.toString()}, got ${printPoints(actual)}`;
    }
    expected.delete(actual.labels.key);
  }
  const [missing] = expected.values();
  return missing === undefined ? undefined : `expected ${missing.labels.toString()}, got no such series`;
}

function hasPoints(command: EvalCommand, noted: NotedSeries, actual: MatrixSeries): boolean {
  let found = 0;
  for (const [index, wanted] of noted.values.entries()) {
    const timeMs = command.startMs + index * command.stepMs;
    if (timeMs > command.endMs || wanted.kind === 'stale' || wanted.kind === 'histogram') {
      return false;
    }
    if (wanted.kind === 'value') {
      const isEqual = actual.timestamps[found] === timeMs && almostEqual(wanted.value, actual.values[found]!, EPSILON);
      if (!isEqual) {
        return false;
      }
      found++;
    }
  }
  return found === actual.values.length;
}

function printNoted({ values }: NotedSeries): string {
  return values.map((value) => (value.kind === 'value' ? formatGeneral(value.value) : value.kind)).join(' ');
}

function printPoints({ timestamps, values }: MatrixSeries): string {
  return [...values].map((value, i) => `${formatGeneral(value)} @${String(timestamps[i])}`).join(' ');
}

function printValue(value: QueryValue): string {
  switch (value.type) {
    case 'scalar':
      return `scalar ${formatGeneral(value.value)}`;
    case 'string':
      return `string "${value.value}"`;
    case 'vector':
      return `a vector of ${String(value.samples.length)}`;
    case 'matrix':
      return `a matrix of ${String(value.series.length)}`;
  }
}
