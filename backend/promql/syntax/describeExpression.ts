import type { AtModifier, DurationNode, Expr, TimeShift, VectorSelector } from '../ast.ts';
import { durationMs, offsetMs } from '../evaluation/durationValue.ts';
import { formatPlain } from '../formatValue.ts';

/** A syntax tree as plain objects; every node says its `type`. */
export type ExpressionTree = Readonly<Record<string, unknown>>;

/**
 * The tree of an expression as Prometheus' `parse_query` gives it, times in milliseconds.
 *
 * Throws where a duration is arithmetic that gives none. Source: web/api/v1/translate_ast.go of Prometheus 3.5.
 */
export function describeExpression(expr: Expr): ExpressionTree {
  switch (expr.kind) {
    case 'number':
      return { type: 'numberLiteral', val: formatPlain(expr.value) };
    case 'string':
      return { type: 'stringLiteral', val: expr.value };
    case 'vectorSelector':
      return { type: 'vectorSelector', name: expr.name, matchers: matchersOf(expr), ...timeOf(expr) };
    case 'matrixSelector':
      return {
        type: 'matrixSelector',
        name: expr.selector.name,
        matchers: matchersOf(expr.selector),
        range: durationMs(expr.range),
        ...timeOf(expr.selector),
      };
    case 'subquery':
      return {
        type: 'subquery',
        expr: describeExpression(expr.expr),
        range: durationMs(expr.range),
        step: stepOf(expr.step),
        ...timeOf(expr),
      };
    case 'call': {
      const { name, argTypes, variadic, returnType } = expr.fn;
      return {
        type: 'call',
        func: { name, argTypes, variadic, returnType },
        args: expr.args.map(describeExpression),
      };
    }
    case 'aggregation':
      return {
        type: 'aggregation',
        op: expr.operator,
        expr: describeExpression(expr.expr),
        param: expr.param === undefined ? null : describeExpression(expr.param),
        grouping: expr.grouping,
        without: expr.isWithout,
      };
    case 'binary': {
      const { matching } = expr;
      return {
        type: 'binaryExpr',
        op: expr.operator,
        lhs: describeExpression(expr.left),
        rhs: describeExpression(expr.right),
        matching:
          matching === undefined
            ? null
            : { card: matching.cardinality, labels: matching.labels, on: matching.isOn, include: matching.include },
        bool: expr.isBool,
      };
    }
    case 'unary':
      return { type: 'unaryExpr', op: expr.operator, expr: describeExpression(expr.expr) };
    case 'paren':
      return { type: 'parenExpr', expr: describeExpression(expr.expr) };
    case 'stepInvariant':
      return describeExpression(expr.expr);
  }
}

function matchersOf({ matchers }: VectorSelector): readonly ExpressionTree[] {
  return matchers.map(({ name, value, operator }) => ({ name, value, type: operator }));
}

function timeOf({ offset, at }: TimeShift): ExpressionTree {
  return { offset: offsetMs(offset), timestamp: typeof at === 'number' ? at : null, startOrEnd: endOf(at) };
}

function endOf(at: AtModifier | undefined): 'start' | 'end' | null {
  return at === 'start' || at === 'end' ? at : null;
}

function stepOf(step: DurationNode | undefined): number {
  return step === undefined ? 0 : durationMs(step);
}
