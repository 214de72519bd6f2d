import type { Expr } from './ast.ts';

/** Whether an expression asks for any series at all. */
export function selectsSeries(expr: Expr): boolean {
  switch (expr.kind) {
    case 'vectorSelector':
    case 'matrixSelector':
      return true;
    case 'call':
      return expr.args.some(selectsSeries);
    case 'binary':
      return selectsSeries(expr.left) || selectsSeries(expr.right);
    case 'aggregation':
      return selectsSeries(expr.expr) || (expr.param !== undefined && selectsSeries(expr.param));
    case 'subquery':
    case 'unary':
    case 'paren':
    case 'stepInvariant':
      return selectsSeries(expr.expr);
    case 'number':
    case 'string':
      return false;
  }
}
