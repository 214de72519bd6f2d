import type { ArithmeticOperator, BinaryOperator, ComparisonOperator } from '../../ast.ts';

export const ARITHMETIC: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': power,
  atan2: Math.atan2,
};

export const COMPARISON: Readonly<Record<ComparisonOperator, (left: number, right: number) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

export function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return operator in ARITHMETIC;
}

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return operator in COMPARISON;
}

/** As Go's math.Pow: 1 to any power is 1, and so is -1 to an infinite one. */
function power(left: number, right: number): number {
  return left === 1 || (left === -1 && Math.abs(right) === Infinity) ? 1 : left ** right;
}
