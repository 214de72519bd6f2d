import type { Expr } from '../ast.ts';

/** Functions whose result changes with the evaluation time even where their arguments do not. */
const TIME_DEPENDENT = new Set([
  'days_in_month',
  'day_of_month',
  'day_of_week',
  'day_of_year',
  'hour',
  'minute',
  'month',
  'year',
  'predict_linear',
  'time',
  'timestamp',
]);

/** Whether a function's result depends on the evaluation time beyond its arguments. */
export function isTimeDependent(functionName: string): boolean {
  return TIME_DEPENDENT.has(functionName);
}

interface Prepared {
  readonly expr: Expr;
  readonly isInvariant: boolean;
}

/**
 * Resolves `@ start()` and `@ end()`, and marks what is the same at every step, so that it is evaluated once.
 * Source: Prometheus' PreprocessExpr.
 */
export function prepare(expr: Expr, startMs: number, endMs: number): Expr {
  return markInvariant(visit(expr, startMs, endMs));
}

function visit(expr: Expr, startMs: number, endMs: number): Prepared {
  const inner = (child: Expr): Prepared => visit(child, startMs, endMs);
  const resolve = <T extends { readonly at?: number | 'start' | 'end' }>(shift: T): T =>
    shift.at === 'start' ? { ...shift, at: startMs } : shift.at === 'end' ? { ...shift, at: endMs } : shift;

  switch (expr.kind) {
    case 'number':
    case 'string':
      return { expr, isInvariant: true };
    case 'vectorSelector':
      return { expr: resolve(expr), isInvariant: expr.at !== undefined };
    case 'matrixSelector':
      return { expr: { ...expr, selector: resolve(expr.selector) }, isInvariant: expr.selector.at !== undefined };
    case 'subquery':
      return {
        expr: { ...resolve(expr), expr: markInvariant(inner(expr.expr)) },
        isInvariant: expr.at !== undefined,
      };
    case 'paren':
    case 'unary': {
      const child = inner(expr.expr);
      return { expr: { ...expr, expr: child.expr }, isInvariant: child.isInvariant };
    }
    case 'aggregation': {
      const child = inner(expr.expr);
      const param = expr.param === undefined ? {} : { param: inner(expr.param).expr };
      return { expr: { ...expr, expr: child.expr, ...param }, isInvariant: child.isInvariant };
    }
    case 'binary': {
      const left = inner(expr.left);
      const right = inner(expr.right);
      if (left.isInvariant && right.isInvariant) {
        return { expr: { ...expr, left: left.expr, right: right.expr }, isInvariant: true };
      }
      return { expr: { ...expr, left: markInvariant(left), right: markInvariant(right) }, isInvariant: false };
    }
    case 'call': {
      const args = expr.args.map(inner);
      if (!isTimeDependent(expr.fn.name) && args.every((arg) => arg.isInvariant)) {
        return { expr: { ...expr, args: args.map((arg) => arg.expr) }, isInvariant: true };
      }
      return { expr: { ...expr, args: args.map(markInvariant) }, isInvariant: false };
    }
    case 'stepInvariant':
      return { expr, isInvariant: true };
  }
}

function markInvariant({ expr, isInvariant }: Prepared): Expr {
  return isInvariant && expr.kind !== 'stepInvariant' ? { kind: 'stepInvariant', expr, position: expr.position } : expr;
}
