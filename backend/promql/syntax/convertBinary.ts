import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperator, Expr, VectorMatching } from '../ast.ts';
import { childOf, childrenOf, groupingLabels, type Conversion } from './conversion.ts';
import type { ParseTree } from './parseTree.ts';

/** Reads a `BinaryExpr` node; which matchings are allowed is checked with the types. */
export function convertBinary(conversion: Conversion, node: SyntaxNode): Expr {
  const { tree } = conversion;
  const children = childrenOf(node);
  const word = children[1] ?? node;
  const left = conversion.convert(children[0] ?? node);
  const right = conversion.convert(children.at(-1) ?? node);
  return {
    kind: 'binary',
    operator: tree.query.slice(word.from, word.to).toLowerCase() as BinaryOperator,
    left,
    right,
    isBool: childOf(node, 'BoolModifier') !== null,
    matching: convertMatching(tree, childOf(node, 'MatchingModifierClause')),
    position: { start: left.position.start, end: right.position.end },
  };
}

/** Reads a `UnaryExpr` node; a sign before a number becomes part of it. */
export function convertUnary(conversion: Conversion, node: SyntaxNode): Expr {
  const operator = conversion.tree.query.startsWith('-', node.from) ? '-' : '+';
  const position = { start: node.from, end: node.to };
  const expr = conversion.convert(childrenOf(node)[1] ?? node);
  if (expr.kind === 'number') {
    return { ...expr, value: operator === '-' ? -expr.value : expr.value, position };
  }
  return { kind: 'unary', operator, expr, position };
}

function convertMatching(tree: ParseTree, clause: SyntaxNode | null): VectorMatching {
  if (clause === null) {
    return { cardinality: 'one-to-one', isOn: false, labels: [], include: [] };
  }
  const [labels, include] = childrenOf(clause).filter(({ name }) => name === 'GroupingLabels');
  const isLeft = childOf(clause, 'GroupLeft') !== null;
  const isRight = childOf(clause, 'GroupRight') !== null;
  return {
    cardinality: isLeft ? 'many-to-one' : isRight ? 'one-to-many' : 'one-to-one',
    isOn: childOf(clause, 'On') !== null,
    labels: groupingLabels(tree, labels),
    include: groupingLabels(tree, include),
  };
}
