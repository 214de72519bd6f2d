import type { SyntaxNode } from '@lezer/common';
import type { DurationNode, Expr, TimeShift } from '../ast.ts';
import { childOf, childrenOf, type Conversion } from './conversion.ts';
import { convertDuration, convertPositiveDuration, secondsOf } from './convertDuration.ts';
import { parseError } from './queryError.ts';

const AFTER_SELECTOR = 'must be preceded by an instant vector selector or range vector selector or a subquery';

/** Reads a `MatrixSelector` or `SubqueryExpr` node. */
export function convertRange(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree, options } = conversion;
  const [first, rangeNode, stepNode] = childrenOf(node);
  const range = convertPositiveDuration(tree, rangeNode ?? node, options.isExperimental);
  const step = stepNode === undefined ? undefined : convertPositiveDuration(tree, stepNode, options.isExperimental);
  return toLastOperand(conversion.convert(first ?? node), node.to, (expr) => {
    const position = { start: expr.position.start, end: node.to };
    if (node.name === 'SubqueryExpr') {
      return { kind: 'subquery', expr, range, ...(step === undefined ? {} : { step }), position };
    }
    const bracket = tree.query.indexOf('[', expr.position.end);
    if (expr.kind !== 'vectorSelector') {
      throw parseError(tree.query, bracket, 'ranges only allowed for vector selectors');
    }
    if (!isUnset(expr.offset) || expr.at !== undefined) {
      const modifier = isUnset(expr.offset) ? '@' : 'offset';
      throw parseError(tree.query, bracket, `no ${modifier} modifiers allowed before range`);
    }
    return { kind: 'matrixSelector', selector: expr, range, position };
  });
}

/** Reads an `OffsetExpr` node. */
export function convertOffset(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree, options } = conversion;
  const children = childrenOf(node);
  const offset = convertDuration(tree, children[2] ?? node, options.isExperimental);
  return toLastOperand(conversion.convert(children[0] ?? node), node.to, (expr) => {
    if (!isUnset(shiftOf(expr)?.offset)) {
      throw parseError(tree.query, expr.position.start, 'offset may not be set multiple times');
    }
    return shifted(tree.query, expr, { offset }, node.to, `offset modifier ${AFTER_SELECTOR}`);
  });
}

/** Reads a `StepInvariantExpr` node: `@` with a time, `start()` or `end()`. */
export function convertAt(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree } = conversion;
  const [first, , when] = childrenOf(node);
  return toLastOperand(conversion.convert(first ?? node), node.to, (expr) => {
    const at = atModifier(conversion, when ?? node, expr);
    if (shiftOf(expr)?.at !== undefined) {
      throw parseError(tree.query, expr.position.start, '@ <timestamp> may not be set multiple times');
    }
    return shifted(tree.query, expr, { at }, node.to, `@ modifier ${AFTER_SELECTOR}`);
  });
}

function atModifier(conversion: Conversion, when: SyntaxNode, expr: Expr): number | 'start' | 'end' {
  const { tree } = conversion;
  if (when.name === 'AtModifierPreprocessors') {
    return childOf(when, 'AtStart') === null ? 'end' : 'start';
  }
  const words = tree.tokens.filter((token) => token.start >= when.from && token.start < when.to);
  const number = words.at(-1);
  const magnitude = number === undefined ? Number.NaN : secondsOf(tree.query, number);
  const seconds = words[0]?.text === '-' ? -magnitude : magnitude;
  if (!(Math.abs(seconds) < 2 ** 63)) {
    throw parseError(tree.query, expr.position.start, `timestamp out of bounds for @ modifier: ${printFixed(seconds)}`);
  }
  return Math.round(seconds * 1000);
}

/** Ranges and modifiers bind tighter than any operator (the grammar leaves that open), so they go to the last operand. */
function toLastOperand(expr: Expr, end: number, change: (operand: Expr) => Expr): Expr {
  const position = { start: expr.position.start, end };
  if (expr.kind === 'unary') {
    return { ...expr, expr: toLastOperand(expr.expr, end, change), position };
  }
  return expr.kind === 'binary' ? { ...expr, right: toLastOperand(expr.right, end, change), position } : change(expr);
}

function shiftOf(expr: Expr): TimeShift | undefined {
  if (expr.kind === 'matrixSelector') {
    return expr.selector;
  }
  return expr.kind === 'vectorSelector' || expr.kind === 'subquery' ? expr : undefined;
}

function shifted(query: string, expr: Expr, shift: TimeShift, end: number, problem: string): Expr {
  const position = { start: expr.position.start, end };
  if (expr.kind === 'matrixSelector') {
    return { ...expr, selector: { ...expr.selector, ...shift }, position };
  }
  if (expr.kind !== 'vectorSelector' && expr.kind !== 'subquery') {
    throw parseError(query, expr.position.start, problem);
  }
  return { ...expr, ...shift, position };
}

function isUnset(offset: DurationNode | undefined): boolean {
  return offset === undefined || (offset.kind === 'duration' && offset.seconds === 0);
}

function printFixed(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return Number.isFinite(value) ? value.toFixed(6) : value > 0 ? '+Inf' : '-Inf';
}
