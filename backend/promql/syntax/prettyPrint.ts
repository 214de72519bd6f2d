import type { Expr } from '../ast.ts';
import { printAggregationHead, printExpression, printOperator, printSubquerySuffix } from './printExpression.ts';

const LINE_WIDTH = 100;

/** An expression over as many lines as it needs, as Prometheus' `format_query` prints it. Source: the parser's Pretty. */
export function prettyPrint(expr: Expr): string {
  return pretty(expr, 0);
}

function pretty(expr: Expr, level: number): string {
  const indent = '  '.repeat(level);
  const line = printExpression(expr);
  if (expr.kind === 'subquery') {
    return needsSplit(line) ? pretty(expr.expr, level) + printSubquerySuffix(expr) : line;
  }
  if (expr.kind === 'unary') {
    return `${indent}${expr.operator}${pretty(expr.expr, level).trim()}`;
  }
  if (!needsSplit(line)) {
    return indent + line;
  }
  switch (expr.kind) {
    case 'aggregation': {
      const param = expr.param === undefined ? '' : `${pretty(expr.param, level + 1)},\n`;
      return `${indent}${printAggregationHead(expr)}(\n${param}${pretty(expr.expr, level + 1)}\n${indent})`;
    }
    case 'binary': {
      const operator = printOperator(expr);
      return `${pretty(expr.left, level + 1)}\n${indent}${operator}\n${pretty(expr.right, level + 1)}`;
    }
    case 'call': {
      const args = expr.args.map((arg) => pretty(arg, level + 1)).join(',\n');
      return `${indent}${expr.fn.name}(\n${args}\n${indent})`;
    }
    case 'paren':
      return `${indent}(\n${pretty(expr.expr, level + 1)}\n${indent})`;
    case 'stepInvariant':
      return pretty(expr.expr, level);
    default:
      return indent + line;
  }
}

function needsSplit(line: string): boolean {
  return line.length > LINE_WIDTH;
}
