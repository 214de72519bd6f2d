import type { Expr } from '../ast.ts';
import type { LabelMatcher } from '../matcher.ts';
import { checkTypes } from './checkTypes.ts';
import type { SyntaxOptions } from './conversion.ts';
import { convertExpression } from './convertExpression.ts';
import { parseTree } from './parseTree.ts';
import { QueryBudget } from './queryBudget.ts';
import { parseError } from './queryError.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';
import { tokenize } from './tokenize.ts';

/** What can be a metric's name where only a selector is looked for. */
const NAME_KINDS: ReadonlySet<TokenKind> = new Set([
  'identifier',
  'metricIdentifier',
  'keyword',
  'preprocessor',
  'aggregator',
]);

/** Parses and type-checks a query; throws PROMQL_QUERY_INVALID with Prometheus' message and position. */
export function parseExpression(query: string, options: SyntaxOptions = { isExperimental: false }): Expr {
  return checkTypes(query, convertExpression(parseTree(query), options));
}

/** Parses a series selector (`match[]`): a metric name, matchers in braces, or both; `budget` is that of its request. */
export function parseSelector(text: string, budget = new QueryBudget()): readonly LabelMatcher[] {
  const { tokens } = tokenize(text);
  const beyond = tokens[selectorLength(tokens)];
  const expr =
    beyond === tokens[0] && beyond !== undefined
      ? undefined
      : convertExpression(parseTree(text.slice(0, beyond?.start), budget), { isExperimental: false });
  if (beyond !== undefined && beyond.kind !== 'end') {
    throw parseError(text, beyond.start, `unexpected ${describeToken(beyond)}`);
  }
  if (expr?.kind !== 'vectorSelector') {
    throw parseError(text, 0, 'unexpected end of input');
  }
  return expr.matchers;
}

/** How many of the first words can be of a selector. */
function selectorLength(tokens: readonly Token[]): number {
  const name = tokens[0] !== undefined && NAME_KINDS.has(tokens[0].kind) ? 1 : 0;
  if (tokens[name]?.text !== '{') {
    return name;
  }
  const brace = tokens.findIndex(({ text, kind }) => text === '}' && kind === 'punctuation');
  return brace < 0 ? tokens.length : brace + 1;
}
