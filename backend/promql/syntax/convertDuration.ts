import type { SyntaxNode } from '@lezer/common';
import { parseDurationSeconds } from '../../timeseries/index.ts';
import type { ArithmeticOperator, DurationNode, Position } from '../ast.ts';
import { childrenOf } from './conversion.ts';
import type { ParseTree } from './parseTree.ts';
import { parseError } from './queryError.ts';
import { numberValue } from './scanNumber.ts';
import type { Token } from './token.ts';

/** Go's time.Duration holds 2^63 nanoseconds. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** The seconds that a number or duration word stands for; throws where it stands for none. */
export function secondsOf(query: string, token: Token): number {
  if (token.kind !== 'duration') {
    const value = numberValue(token.text);
    if (value === undefined) {
      throw parseError(
        query,
        token.start,
        `error parsing number: strconv.ParseFloat: parsing "${token.text}": invalid syntax`
      );
    }
    return value;
  }
  const seconds = parseDurationSeconds(token.text);
  if (seconds === undefined) {
    throw parseError(query, token.start, `not a valid duration string: "${token.text}"`);
  }
  if (seconds > LONGEST_SECONDS) {
    throw parseError(query, token.start, 'duration out of range');
  }
  return seconds;
}

/** Reads the duration below a `DurationExpr` or `OffsetDurationExpr` node; `canCompute` allows arithmetic in it. */
export function convertDuration(tree: ParseTree, node: SyntaxNode, canCompute: boolean): DurationNode {
  const converted = convert(tree, node, canCompute);
  if (converted.kind === 'duration' && Math.abs(converted.seconds) > LONGEST_SECONDS) {
    throw parseError(tree.query, converted.position.start, 'duration out of range');
  }
  return converted;
}

/** As convertDuration, for ranges and steps, which must be above 0. */
export function convertPositiveDuration(tree: ParseTree, node: SyntaxNode, canCompute: boolean): DurationNode {
  const converted = convertDuration(tree, node, canCompute);
  if (converted.kind === 'duration' && !(converted.seconds > 0)) {
    throw parseError(tree.query, converted.position.start, 'duration must be greater than 0');
  }
  return converted;
}

function convert(tree: ParseTree, node: SyntaxNode, canCompute: boolean): DurationNode {
  const position: Position = { start: node.from, end: node.to };
  const [first, second, third] = childrenOf(node);
  const token = tree.tokenAt.get(node.from);
  if (first === undefined || first.name === 'NumberDurationLiteralInDurationContext') {
    return literal(tree, position, token);
  }
  if (first.name === 'UnaryOp' && second !== undefined) {
    return signed(position, token?.text === '-', convert(tree, second, canCompute));
  }
  if (!canCompute) {
    throw parseError(tree.query, first.from, 'experimental duration expression is not enabled');
  }
  if (second === undefined || third === undefined) {
    const inner = convert(tree, first, canCompute);
    return inner.kind === 'duration' ? inner : { ...inner, isWrapped: true };
  }
  const operator = tree.query.slice(second.from, second.to) as ArithmeticOperator;
  const right = convert(tree, third, canCompute);
  if ((operator === '/' || operator === '%') && right.kind === 'duration' && right.seconds === 0) {
    throw parseError(tree.query, second.from, `${operator === '/' ? 'division' : 'modulo'} by zero`);
  }
  return {
    kind: 'durationOperation',
    operator,
    left: convert(tree, first, canCompute),
    right,
    isWrapped: false,
    position,
  };
}

function literal(tree: ParseTree, position: Position, token: Token | undefined): DurationNode {
  if (token === undefined) {
    throw parseError(tree.query, position.start, 'expected number literal or duration expression');
  }
  return { kind: 'duration', seconds: secondsOf(tree.query, token), hasUnit: token.kind === 'duration', position };
}

function signed(position: Position, isNegative: boolean, operand: DurationNode): DurationNode {
  if (operand.kind === 'duration') {
    return { ...operand, seconds: isNegative ? -operand.seconds : operand.seconds, position };
  }
  return isNegative
    ? { kind: 'durationOperation', operator: '-', right: operand, isWrapped: false, position }
    : { ...operand, position };
}
