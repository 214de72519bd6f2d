import { typeOf, type Binary, type Call, type Expr, type ValueType } from '../ast.ts';
import { parseError } from './queryError.ts';

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=']);
const SET_OPERATORS = new Set(['and', 'or', 'unless']);
const NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
};

/** A value type as Prometheus' documentation and messages name it. */
export function documentedType(type: ValueType): string {
  return NAMES[type];
}

/**
 * Checks types and what may be combined, in Prometheus' words, and settles how vectors are matched: set operators
 * are many-to-many, operations with a scalar have no matching. Source: the parser's checkAST.
 */
export function checkTypes(query: string, expr: Expr): Expr {
  const check = (inner: Expr): Expr => checkTypes(query, inner);
  switch (expr.kind) {
    case 'number':
    case 'string':
      return expr;
    case 'vectorSelector':
      checkMatchers(query, expr.name, expr);
      return expr;
    case 'matrixSelector':
      checkMatchers(query, expr.selector.name, expr.selector);
      return expr;
    case 'paren':
    case 'stepInvariant':
      return { ...expr, expr: check(expr.expr) };
    case 'unary': {
      const type = typeOf(expr.expr);
      if (type !== 'scalar' && type !== 'vector') {
        const problem = 'unary expression only allowed on expressions of type scalar or instant vector';
        throw parseError(query, expr.position.start, `${problem}, got "${documentedType(type)}"`);
      }
      return { ...expr, expr: check(expr.expr) };
    }
    case 'subquery':
      if (typeOf(expr.expr) !== 'vector') {
        const problem = `subquery is only allowed on instant vector, got ${typeOf(expr.expr)} instead`;
        throw parseError(query, expr.position.start, problem);
      }
      return { ...expr, expr: check(expr.expr) };
    case 'aggregation': {
      const checked = { ...expr, expr: check(expr.expr), ...(expr.param ? { param: check(expr.param) } : {}) };
      expectType(query, expr.expr, 'vector', 'aggregation expression');
      if (expr.param !== undefined) {
        expectType(query, expr.param, expr.operator === 'count_values' ? 'string' : 'scalar', 'aggregation parameter');
      }
      return checked;
    }
    case 'binary':
      return checkBinary(query, { ...expr, left: check(expr.left), right: check(expr.right) });
    case 'call':
      return checkCall(query, expr);
  }
}

function expectType(query: string, expr: Expr, wanted: ValueType, context: string): void {
  const type = typeOf(expr);
  if (type !== wanted) {
    const problem = `expected type ${documentedType(wanted)} in ${context}, got ${documentedType(type)}`;
    throw parseError(query, expr.position.start, problem);
  }
}

function checkMatchers(query: string, name: string, selector: Extract<Expr, { kind: 'vectorSelector' }>): void {
  const { matchers, position } = selector;
  if (name !== '') {
    const second = matchers.slice(0, -1).find((matcher) => matcher.name === '__name__');
    if (second !== undefined) {
      throw parseError(query, position.start, `metric name must not be set twice: "${name}" or "${second.value}"`);
    }
  } else if (matchers.every((matcher) => matcher.matches(''))) {
    throw parseError(query, position.start, 'vector selector must contain at least one non-empty matcher');
  }
}

function checkBinary(query: string, expr: Binary): Expr {
  const { operator, left, right, matching } = expr;
  const types = [typeOf(left), typeOf(right)];
  const isSet = SET_OPERATORS.has(operator);
  const fail = (problem: string, offset = expr.position.start): never => {
    throw parseError(query, offset, problem);
  };
  const operatorAt = operatorOffset(query, left.position.end);
  if (expr.isBool && !COMPARISONS.has(operator)) {
    fail('bool modifier can only be used on comparison operators', operatorAt);
  }
  if (COMPARISONS.has(operator) && !expr.isBool && types.every((type) => type === 'scalar')) {
    fail('comparisons between scalars must use BOOL modifier', operatorAt);
  }
  const twice = matching?.isOn === true ? matching.labels.find((label) => matching.include.includes(label)) : undefined;
  if (twice !== undefined) {
    fail(`label "${twice}" must not occur in ON and GROUP clause at once`, operatorAt);
  }
  for (const [side, type] of [[left, types[0]] as const, [right, types[1]] as const]) {
    if (type !== 'scalar' && type !== 'vector') {
      fail('binary expression must contain only scalar and instant vector types', side.position.start);
    }
  }
  if (types.some((type) => type !== 'vector')) {
    if ((matching?.labels.length ?? 0) > 0) {
      fail('vector matching only allowed between instant vectors');
    }
    if (isSet) {
      fail(`set operator "${operator}" not allowed in binary scalar expression`);
    }
    return withoutMatching(expr);
  }
  if (!isSet || matching === undefined) {
    return expr;
  }
  if (matching.cardinality !== 'one-to-one') {
    fail(`no grouping allowed for "${operator}" operation`);
  }
  return { ...expr, matching: { ...matching, cardinality: 'many-to-many' } };
}

function withoutMatching({ kind, operator, left, right, isBool, position }: Binary): Binary {
  return { kind, operator, left, right, isBool, position };
}

function operatorOffset(query: string, from: number): number {
  return from + (/^[\s)]*/.exec(query.slice(from))?.[0].length ?? 0);
}

function checkCall(query: string, expr: Call): Expr {
  const { fn, args } = expr;
  const fail = (problem: string): never => {
    throw parseError(query, expr.position.start, `${problem} in call to "${fn.name}", got ${String(args.length)}`);
  };
  const most = fn.argTypes.length - 1 + fn.variadic;
  if (fn.variadic === 0 && args.length !== fn.argTypes.length) {
    fail(`expected ${String(fn.argTypes.length)} argument(s)`);
  }
  if (fn.variadic !== 0 && args.length < fn.argTypes.length - 1) {
    fail(`expected at least ${String(fn.argTypes.length - 1)} argument(s)`);
  }
  if (fn.variadic > 0 && args.length > most) {
    fail(`expected at most ${String(most)} argument(s)`);
  }
  const checked = args.map((arg, index) => {
    if (fn.name === 'info' && index === 1) {
      return checkInfoSelector(query, arg);
    }
    const inner = checkTypes(query, arg);
    expectType(query, arg, fn.argTypes[Math.min(index, fn.argTypes.length - 1)]!, `call to function "${fn.name}"`);
    return inner;
  });
  return { ...expr, args: checked };
}

/** The second argument of `info` selects labels: no metric name before the braces, and they may match everything. */
function checkInfoSelector(query: string, arg: Expr): Expr {
  expectType(query, arg, 'vector', 'call to function "info"');
  if (arg.kind !== 'vectorSelector' || arg.name !== '') {
    throw parseError(query, arg.position.start, 'expected label selectors only, got vector selector instead');
  }
  return arg;
}
