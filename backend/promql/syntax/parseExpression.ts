import type { Expr } from '../ast.ts';
import type { LabelMatcher } from '../matcher.ts';
import { checkTypes } from './checkTypes.ts';
import type { SyntaxOptions } from './conversion.ts';
import { convertExpression } from './convertExpression.ts';
import { parseTree } from './parseTree.ts';
import { parseError } from './queryError.ts';

/** Parses and type-checks a query; throws PROMQL_QUERY_INVALID with Prometheus' message and position. */
export function parseExpression(query: string, options: SyntaxOptions = { isExperimental: false }): Expr {
  return checkTypes(query, convertExpression(parseTree(query), options));
}

/** Parses a series selector (`match[]`): a metric name, matchers in braces, or both. */
export function parseSelector(text: string): readonly LabelMatcher[] {
  const tree = parseTree(text);
  const expr = convertExpression(tree, { isExperimental: false });
  if (expr.kind !== 'vectorSelector' || expr.offset !== undefined || expr.at !== undefined) {
    throw parseError(text, 0, 'expected a series selector');
  }
  const twice = expr.name !== '' && expr.matchers.slice(0, -1).some((matcher) => matcher.name === '__name__');
  if (twice) {
    throw parseError(text, 0, `metric name must not be set twice: "${expr.name}"`);
  }
  return expr.matchers;
}
