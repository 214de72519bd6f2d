import type { SyntaxNode } from '@lezer/common';
import type { HeadroomError } from '../../errors/index.ts';
import type { Expr } from '../ast.ts';
import { isLabelName } from '../labelName.ts';
import { goQuote } from './goQuote.ts';
import { syntaxError, type ParseTree } from './parseTree.ts';
import { parseError } from './queryError.ts';
import { unquote } from './scanString.ts';

export interface SyntaxOptions {
  /** Whether experimental functions, and arithmetic in durations, may be used. */
  readonly isExperimental: boolean;
}

/** What the conversion of every kind of node works with. */
export interface Conversion {
  readonly tree: ParseTree;
  readonly options: SyntaxOptions;
  /** Converts a node below the present one. */
  convert(node: SyntaxNode): Expr;
}

/** A node's children, in order. */
export function childrenOf(node: SyntaxNode | null | undefined): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}

/** A node's first child of a kind; lezer's own search takes as long as the node lies deep. */
export function childOf(node: SyntaxNode | null | undefined, name: string): SyntaxNode | null {
  let child = node?.firstChild ?? null;
  while (child !== null && child.name !== name) {
    child = child.nextSibling;
  }
  return child;
}

/** The error that a node means nothing, at its beginning. */
export function failAt(tree: ParseTree, node: SyntaxNode, problem: string): HeadroomError {
  return parseError(tree.query, node.from, problem);
}

/** The error that the first word from `offset` on does not belong there. */
export function unexpectedAt(tree: ParseTree, offset: number): HeadroomError {
  return syntaxError(
    tree.query,
    tree.tokens,
    tree.tokens.findIndex((token) => token.start >= offset)
  );
}

/** The label names of a `GroupingLabels` node. */
export function groupingLabels(tree: ParseTree, node: SyntaxNode | null | undefined): string[] {
  return childrenOf(node).map((child) => {
    const token = tree.tokenAt.get(child.from);
    if (token === undefined || token.kind === 'number' || token.text.toLowerCase() === 'without') {
      throw unexpectedAt(tree, child.from);
    }
    const name = token.kind === 'string' ? unquote(token.text) : token.text;
    if (!isLabelName(name)) {
      throw parseError(tree.query, token.start, `invalid label name for grouping: ${goQuote(name)}`);
    }
    return name;
  });
}
