import { parser } from '@prometheus-io/lezer-promql';
import type { PartialParse, SyntaxNode, Tree } from '@lezer/common';
import type { HeadroomError } from '../../errors/index.ts';
import type { TextPredicate } from '../matcher.ts';
import { describeSyntaxError } from './describeSyntaxError.ts';
import { MOST_WORDS, QueryBudget } from './queryBudget.ts';
import { parseError } from './queryError.ts';
import { skeletonOf } from './skeleton.ts';
import { tokenize } from './tokenize.ts';
import type { Token } from './token.ts';

const strictParser = parser.configure({ strict: true });

/** A query's syntax tree by the official grammar, and its words by where they begin. */
export interface ParseTree {
  readonly query: string;
  readonly root: SyntaxNode;
  readonly tokens: readonly Token[];
  readonly tokenAt: ReadonlyMap<number, Token>;
  /** Compiles its regular expressions; throws an Error where one is not valid. */
  readonly compile: (pattern: string) => TextPredicate;
}

/** Parses a query by `@prometheus-io/lezer-promql`; throws PROMQL_QUERY_INVALID at the first word that does not fit. */
export function parseTree(query: string, budget = new QueryBudget()): ParseTree {
  const { tokens, error } = tokenize(query);
  if (error !== undefined && tokens.length === MOST_WORDS) {
    throw error;
  }
  if (!budget.takeWords(tokens.length)) {
    throw parseError(query, 0, `expressions have more than ${String(MOST_WORDS)} words together`);
  }
  if (error === undefined && tokens.length === 1) {
    throw syntaxError(query, tokens, 0);
  }
  const tree = strictTree(query, tokens, error);
  const root = tree.topNode.firstChild;
  if (root === null) {
    throw syntaxError(query, tokens, 0);
  }
  return {
    query,
    root,
    tokens,
    tokenAt: new Map(tokens.map((token) => [token.start, token])),
    compile: budget.compile,
  };
}

/** The error that the token at `index` does not fit. */
export function syntaxError(query: string, tokens: readonly Token[], index: number): HeadroomError {
  const { offset, problem } = describeSyntaxError(tokens, index);
  return parseError(query, offset, problem);
}

/** Throws `lexicalError`, where there is one, unless the words before it do not fit already. */
function strictTree(query: string, tokens: readonly Token[], lexicalError: HeadroomError | undefined): Tree {
  const skeleton = skeletonOf(query, tokens);
  try {
    const tree = parseWhole(skeleton);
    if (lexicalError !== undefined) {
      throw lexicalError;
    }
    return tree;
  } catch (error) {
    const offset = Number(/^No parse at (\d+)/.exec((error as Error).message)?.[1]);
    if (!Number.isInteger(offset)) {
      throw error;
    }
    const index = tokens.findIndex((token) => token.end > offset || token.kind === 'end');
    if (lexicalError !== undefined && index < 0) {
      throw lexicalError;
    }
    throw isOperandWhereDue(tokens, index)
      ? parseError(query, tokens[index]?.start ?? 0, 'expression has too many operators for the parser')
      : syntaxError(query, tokens, index);
  }
}

/** The parser cuts long chains of operators short, to keep an editor responsive; a query is bounded by its size instead. */
function parseWhole(text: string): Tree {
  const parse = strictParser.startParse(text) as PartialParse & { bigReductionCount?: number };
  for (;;) {
    const tree = parse.advance();
    if (tree !== null) {
      return tree;
    }
    parse.bigReductionCount = 0;
  }
}

/** What is never wrong: that the parser stops there says that it cut a long chain of operators short. */
function isOperandWhereDue(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return (
    previous?.kind === 'operator' &&
    previous.text !== '@' &&
    (token?.kind === 'identifier' || token?.kind === 'number' || token?.text === '(' || token?.text === '-')
  );
}
