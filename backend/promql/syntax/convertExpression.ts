import type { SyntaxNode } from '@lezer/common';
import type { Expr } from '../ast.ts';
import { childOf, childrenOf, failAt, unexpectedAt, type Conversion, type SyntaxOptions } from './conversion.ts';
import { convertBinary, convertUnary } from './convertBinary.ts';
import { convertAggregation, convertCall } from './convertCall.ts';
import { secondsOf } from './convertDuration.ts';
import { convertAt, convertOffset, convertRange } from './convertPostfix.ts';
import { convertSelector } from './convertSelector.ts';
import type { ParseTree } from './parseTree.ts';
import { unquote } from './scanString.ts';

/** Deeper than any query that means something, and shallow enough for the stack. */
const DEEPEST = 1000;

/** Turns a syntax tree into an expression, types unchecked; throws PROMQL_QUERY_INVALID where it means nothing. */
export function convertExpression(tree: ParseTree, options: SyntaxOptions): Expr {
  let depth = 0;
  const conversion: Conversion = {
    tree,
    options,
    convert(node) {
      depth++;
      if (depth > DEEPEST) {
        throw failAt(tree, node, `expression is nested more than ${String(DEEPEST)} deep`);
      }
      const expr = convertNode(conversion, node);
      depth--;
      return expr;
    },
  };
  return conversion.convert(tree.root);
}

function convertNode(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree } = conversion;
  const position = { start: node.from, end: node.to };
  switch (node.name) {
    case 'VectorSelector':
      return convertLeaf(tree, node);
    case 'StringLiteral':
      return { kind: 'string', value: unquote(tree.tokenAt.get(node.from)?.text ?? '""'), position };
    case 'ParenExpr':
      return { kind: 'paren', expr: conversion.convert(childrenOf(node)[0] ?? node), position };
    case 'UnaryExpr':
      return convertUnary(conversion, node);
    case 'BinaryExpr':
      return convertBinary(conversion, node);
    case 'FunctionCall':
      return convertCall(conversion, node);
    case 'AggregateExpr':
      return convertAggregation(conversion, node);
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return convertRange(conversion, node);
    case 'OffsetExpr':
      return convertOffset(conversion, node);
    case 'StepInvariantExpr':
      return convertAt(conversion, node);
    default:
      throw unexpectedAt(tree, node.from);
  }
}

/** A name: a metric's, or one that stands for a number in the skeleton. */
function convertLeaf(tree: ParseTree, node: SyntaxNode): Expr {
  const token = tree.tokenAt.get(node.from);
  if (token?.kind !== 'number' && token?.kind !== 'duration') {
    return convertSelector(tree, node);
  }
  const braces = childOf(node, 'LabelMatchers');
  if (braces !== null) {
    throw unexpectedAt(tree, braces.from);
  }
  return {
    kind: 'number',
    value: secondsOf(tree.query, token),
    hasUnit: token.kind === 'duration',
    position: { start: node.from, end: node.to },
  };
}
