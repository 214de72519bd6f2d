import type { SyntaxNode } from '@lezer/common';
import type { AggregationOperator, Expr } from '../ast.ts';
import { childOf, childrenOf, failAt, groupingLabels, unexpectedAt, type Conversion } from './conversion.ts';
import { goQuote } from './goQuote.ts';
import { FUNCTIONS } from './functionTable.ts';

const WITH_PARAM = new Set(['topk', 'bottomk', 'count_values', 'quantile', 'limitk', 'limit_ratio']);
const EXPERIMENTAL_AGGREGATIONS = new Set(['limitk', 'limit_ratio']);

/** Reads a `FunctionCall` node. */
export function convertCall(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree, options } = conversion;
  const body = childOf(node, 'FunctionCallBody');
  const name = tree.tokenAt.get(node.from)?.text ?? '';
  const fn = FUNCTIONS.get(name);
  if (tree.tokenAt.get(node.from)?.kind !== 'identifier') {
    throw unexpectedAt(tree, body?.from ?? node.to);
  }
  const args = convertArgs(conversion, body);
  if (fn === undefined) {
    throw failAt(tree, node, `unknown function with name ${goQuote(name)}`);
  }
  if (fn.isExperimental && !options.isExperimental) {
    throw failAt(tree, node, `function "${name}" is not enabled`);
  }
  return { kind: 'call', fn, args, position: { start: node.from, end: node.to } };
}

/** Reads an `AggregateExpr` node. */
export function convertAggregation(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree, options } = conversion;
  const operator = (tree.tokenAt.get(node.from)?.text ?? '').toLowerCase() as AggregationOperator;
  const modifier = childOf(node, 'AggregateModifier');
  const args = convertArgs(conversion, childOf(node, 'FunctionCallBody'));
  if (args.length === 0) {
    throw failAt(tree, node, 'no arguments for aggregate expression provided');
  }
  if (EXPERIMENTAL_AGGREGATIONS.has(operator) && !options.isExperimental) {
    const flag = '--enable-feature=promql-experimental-functions';
    throw failAt(tree, node, `${operator}() is experimental and must be enabled with ${flag}`);
  }
  const hasParam = WITH_PARAM.has(operator);
  const wanted = hasParam ? 2 : 1;
  const expr = args[wanted - 1];
  if (expr === undefined || args.length !== wanted) {
    const counts = `expected ${String(wanted)}, got ${String(args.length)}`;
    throw failAt(tree, node, `wrong number of arguments for aggregate expression provided, ${counts}`);
  }
  return {
    kind: 'aggregation',
    operator,
    expr,
    ...(hasParam && args[0] !== undefined ? { param: args[0] } : {}),
    grouping: groupingLabels(tree, childOf(modifier, 'GroupingLabels')),
    isWithout: childOf(modifier, 'Without') != null,
    position: { start: node.from, end: node.to },
  };
}

function convertArgs(conversion: Conversion, body: SyntaxNode | null): Expr[] {
  return childrenOf(body).map((child) => conversion.convert(child));
}
