import { formatDuration } from '../../timeseries/index.ts';
import type {
  AtModifier,
  Aggregation,
  Binary,
  DurationNode,
  Expr,
  Subquery,
  TimeShift,
  VectorSelector,
} from '../ast.ts';
import { formatPlain } from '../formatValue.ts';
import { printMatcher } from '../matcher.ts';
import { goQuote } from './goQuote.ts';

const LEGACY_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** An expression on one line, as Prometheus prints it. Source: the parser's String methods. */
export function printExpression(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.hasUnit ? printSeconds(expr.value) : formatPlain(expr.value);
    case 'string':
      return goQuote(expr.value);
    case 'vectorSelector':
      return printSelector(expr) + printShift(expr);
    case 'matrixSelector':
      return `${printSelector(expr.selector)}[${printDuration(expr.range)}]${printShift(expr.selector)}`;
    case 'subquery':
      return printExpression(expr.expr) + printSubquerySuffix(expr);
    case 'call':
      return `${expr.fn.name}(${expr.args.map(printExpression).join(', ')})`;
    case 'aggregation': {
      const param = expr.param === undefined ? '' : `${printExpression(expr.param)}, `;
      return `${printAggregationHead(expr)}(${param}${printExpression(expr.expr)})`;
    }
    case 'binary':
      return `${printExpression(expr.left)} ${printOperator(expr)} ${printExpression(expr.right)}`;
    case 'unary':
      return `${expr.operator}${printExpression(expr.expr)}`;
    case 'paren':
      return `(${printExpression(expr.expr)})`;
    case 'stepInvariant':
      return printExpression(expr.expr);
  }
}

/** `sum by (a, b) `, without the arguments. */
export function printAggregationHead(expr: Aggregation): string {
  if (!expr.isWithout && expr.grouping.length === 0) {
    return expr.operator;
  }
  const labels = expr.grouping.map((name) => (LEGACY_NAME.test(name) ? name : goQuote(name)));
  return `${expr.operator} ${expr.isWithout ? 'without' : 'by'} (${labels.join(', ')}) `;
}

/** `== bool on (a) group_left (b)`: the operator with its modifiers. */
export function printOperator(expr: Binary): string {
  const { matching } = expr;
  let text = expr.operator + (expr.isBool ? ' bool' : '');
  if (matching !== undefined && (matching.labels.length > 0 || matching.isOn)) {
    text += ` ${matching.isOn ? 'on' : 'ignoring'} (${matching.labels.join(', ')})`;
    if (matching.cardinality === 'many-to-one' || matching.cardinality === 'one-to-many') {
      text += ` group_${matching.cardinality === 'many-to-one' ? 'left' : 'right'} (${matching.include.join(', ')})`;
    }
  }
  return text;
}

/** `[5m:1m] @ 10.000 offset 1h`: what follows a subquery's expression. */
export function printSubquerySuffix(expr: Subquery): string {
  const step = expr.step === undefined ? '' : printDuration(expr.step);
  return `[${printDuration(expr.range)}:${step}]${printShift(expr)}`;
}

function printSelector(selector: VectorSelector): string {
  const matchers = selector.matchers
    .filter((matcher) => !(matcher.name === '__name__' && matcher.operator === '=' && matcher.value === selector.name))
    .map(printMatcher)
    .sort();
  return matchers.length === 0 ? selector.name || '{}' : `${selector.name}{${matchers.join(',')}}`;
}

function printShift(shift: TimeShift): string {
  const offset = shift.offset === undefined || isZero(shift.offset) ? '' : ` offset ${printDuration(shift.offset)}`;
  return (shift.at === undefined ? '' : ` @ ${printAt(shift.at)}`) + offset;
}

function printAt(at: AtModifier): string {
  return typeof at === 'number' ? (at / 1000).toFixed(3) : `${at}()`;
}

function printDuration(duration: DurationNode): string {
  if (duration.kind === 'duration') {
    return printSeconds(duration.seconds);
  }
  const { left, right, operator } = duration;
  const text = left === undefined ? `${operator}${operand(right)}` : `${operand(left)} ${operator} ${operand(right)}`;
  return duration.isWrapped ? `(${text})` : text;
}

function operand(duration: DurationNode): string {
  return duration.kind === 'duration' && !duration.hasUnit ? formatPlain(duration.seconds) : printDuration(duration);
}

function printSeconds(seconds: number): string {
  return seconds < 0 ? `-${formatDuration(-seconds)}` : formatDuration(seconds);
}

function isZero(duration: DurationNode): boolean {
  return duration.kind === 'duration' && duration.seconds === 0;
}
