import type { FunctionSignature } from './syntax/functionTable.ts';
import type { LabelMatcher } from './matcher.ts';

/** Where a node stands in the query's text: character offsets, `end` exclusive. */
export interface Position {
  readonly start: number;
  readonly end: number;
}

export type ValueType = 'scalar' | 'vector' | 'matrix' | 'string';

/** A duration: a literal in seconds, or (experimental) an arithmetic expression of them. */
export type DurationNode =
  | {
      readonly kind: 'duration';
      readonly seconds: number;
      /** Whether it was written with units. */
      readonly hasUnit: boolean;
      readonly position: Position;
    }
  | {
      readonly kind: 'durationOperation';
      readonly operator: ArithmeticOperator;
      /** Absent for a sign. */
      readonly left?: DurationNode;
      readonly right: DurationNode;
      readonly isWrapped: boolean;
      readonly position: Position;
    };

/** The `@` modifier: an instant in epoch milliseconds, or an end of the query's range. */
export type AtModifier = number | 'start' | 'end';

/** When a selector looks, relative to the evaluation time. */
export interface TimeShift {
  readonly offset?: DurationNode;
  readonly at?: AtModifier;
}

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  readonly hasUnit: boolean;
  readonly position: Position;
}

export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly position: Position;
}

export interface VectorSelector extends TimeShift {
  readonly kind: 'vectorSelector';
  /** The metric name that stood before the braces, else `''`. */
  readonly name: string;
  /** The one for `name` comes last. */
  readonly matchers: readonly LabelMatcher[];
  readonly position: Position;
}

/** A range of a selector; the time shift is the selector's. */
export interface MatrixSelector {
  readonly kind: 'matrixSelector';
  readonly selector: VectorSelector;
  readonly range: DurationNode;
  readonly position: Position;
}

export interface Subquery extends TimeShift {
  readonly kind: 'subquery';
  readonly expr: Expr;
  readonly range: DurationNode;
  /** Absent: the engine's default. */
  readonly step?: DurationNode;
  readonly position: Position;
}

export interface Call {
  readonly kind: 'call';
  readonly fn: FunctionSignature;
  readonly args: readonly Expr[];
  readonly position: Position;
}

export const AGGREGATIONS = [
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'group',
  'stddev',
  'stdvar',
  'topk',
  'bottomk',
  'count_values',
  'quantile',
  'limitk',
  'limit_ratio',
] as const;
export type AggregationOperator = (typeof AGGREGATIONS)[number];

export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: AggregationOperator;
  readonly expr: Expr;
  readonly param?: Expr;
  readonly grouping: readonly string[];
  readonly isWithout: boolean;
  readonly position: Position;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type SetOperator = 'and' | 'or' | 'unless';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

/** How the series of two vectors are paired. */
export interface VectorMatching {
  readonly cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many';
  /** Whether `labels` are the only ones compared, or the ones ignored. */
  readonly isOn: boolean;
  readonly labels: readonly string[];
  /** Labels that a `group_left` or `group_right` takes from the one side. */
  readonly include: readonly string[];
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
  readonly isBool: boolean;
  /** Absent unless both sides are vectors. */
  readonly matching?: VectorMatching;
  readonly position: Position;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '+' | '-';
  readonly expr: Expr;
  readonly position: Position;
}

export interface Paren {
  readonly kind: 'paren';
  readonly expr: Expr;
  readonly position: Position;
}

/** Put in by preparation: the same at every step of a query, so it is evaluated once. */
export interface StepInvariant {
  readonly kind: 'stepInvariant';
  readonly expr: Expr;
  readonly position: Position;
}

export type Expr =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | MatrixSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Unary
  | Paren
  | StepInvariant;

/** The type of an expression's value, from its syntax alone. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'vectorSelector':
    case 'aggregation':
      return 'vector';
    case 'matrixSelector':
    case 'subquery':
      return 'matrix';
    case 'call':
      return expr.fn.returnType;
    case 'binary':
      return typeOf(expr.right) === 'scalar' && typeOf(expr.left) === 'scalar' ? 'scalar' : 'vector';
    case 'unary':
    case 'paren':
    case 'stepInvariant':
      return typeOf(expr.expr);
  }
}

/** The expression without the parentheses (and step-invariant marks) around it. */
export function unwrap(expr: Expr): Exclude<Expr, Paren | StepInvariant> {
  let inner = expr;
  while (inner.kind === 'paren' || inner.kind === 'stepInvariant') {
    inner = inner.expr;
  }
  return inner;
}
