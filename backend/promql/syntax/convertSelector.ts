import type { SyntaxNode } from '@lezer/common';
import type { VectorSelector } from '../ast.ts';
import { labelMatcher, type LabelMatcher, type MatchOperator } from '../matcher.ts';
import { childOf, unexpectedAt } from './conversion.ts';
import type { ParseTree } from './parseTree.ts';
import { parseError } from './queryError.ts';
import { unquote } from './scanString.ts';

/** Reads a `VectorSelector` node whose name, if any, is a name. */
export function convertSelector(tree: ParseTree, node: SyntaxNode): VectorSelector {
  const word = node.firstChild?.name === 'Identifier' ? tree.tokenAt.get(node.from) : undefined;
  const name = word?.text ?? '';
  if (word?.kind === 'operator' && name.toLowerCase() === 'atan2') {
    throw unexpectedAt(tree, node.from);
  }
  const list = childOf(node, 'LabelMatchers');
  const matchers: LabelMatcher[] = [];
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    matchers.push(convertMatcher(tree, child));
  }
  if (name !== '') {
    matchers.push(labelMatcher('__name__', '=', name));
  }
  return { kind: 'vectorSelector', name, matchers, position: { start: node.from, end: node.to } };
}

function convertMatcher(tree: ParseTree, node: SyntaxNode): LabelMatcher {
  const word = tree.tokenAt.get(node.from);
  const label = word?.kind === 'string' ? unquote(word.text) : (word?.text ?? '');
  if (node.name === 'QuotedLabelName') {
    return labelMatcher('__name__', '=', label);
  }
  const operator = childOf(node, 'MatchOp');
  const value = childOf(node, 'StringLiteral');
  if (operator === null || value === null) {
    throw unexpectedAt(tree, node.to);
  }
  const text = unquote(tree.tokenAt.get(value.from)?.text ?? '""');
  try {
    return labelMatcher(label, tree.query.slice(operator.from, operator.to) as MatchOperator, text, tree.compile);
  } catch (error) {
    throw parseError(tree.query, node.from, (error as Error).message);
  }
}
