import type { Expr } from '../ast.ts';
import { isTimeDependent } from '../evaluation/prepare.ts';

/**
 * The expression with `@` on every selector and subquery that has none and stands in no subquery with one, so that it
 * has the same value at any evaluation time; `undefined` where a function in it looks at the clock.
 */
export function pinToTime(expr: Expr, timeMs: number): Expr | undefined {
  return containsTimeFunction(expr) ? undefined : pin(expr, timeMs);
}

function pin(expr: Expr, timeMs: number): Expr {
  const inner = (child: Expr): Expr => pin(child, timeMs);
  switch (expr.kind) {
    case 'vectorSelector':
      return { ...expr, at: expr.at ?? timeMs };
    case 'matrixSelector':
      return { ...expr, selector: { ...expr.selector, at: expr.selector.at ?? timeMs } };
    case 'subquery':
      return { ...expr, at: expr.at ?? timeMs };
    case 'call':
      return { ...expr, args: expr.args.map(inner) };
    case 'aggregation':
      return { ...expr, expr: inner(expr.expr), ...(expr.param === undefined ? {} : { param: inner(expr.param) }) };
    case 'binary':
      return { ...expr, left: inner(expr.left), right: inner(expr.right) };
    case 'paren':
    case 'unary':
    case 'stepInvariant':
      return { ...expr, expr: inner(expr.expr) };
    case 'number':
    case 'string':
      return expr;
  }
}

function containsTimeFunction(expr: Expr): boolean {
  switch (expr.kind) {
    case 'call':
      return isTimeDependent(expr.fn.name) || expr.args.some(containsTimeFunction);
    case 'aggregation':
      return containsTimeFunction(expr.expr) || (expr.param !== undefined && containsTimeFunction(expr.param));
    case 'binary':
      return containsTimeFunction(expr.left) || containsTimeFunction(expr.right);
    case 'subquery':
    case 'paren':
    case 'unary':
    case 'stepInvariant':
      return containsTimeFunction(expr.expr);
    default:
      return false;
  }
}
