import { describeToken, type Token } from './token.ts';

const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

/** Where a query stops making sense, and what Prometheus says of it. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly problem: string;
}

/** What is wrong with a token that the grammar does not expect: `unexpected "=" in label matching, expected string`. */
export function describeSyntaxError(tokens: readonly Token[], index: number): SyntaxProblem {
  const token = tokens[index];
  const previous = tokens[index - 1];
  if (token === undefined || (token.kind === 'end' && index === 0)) {
    return { offset: 0, problem: 'no expression found in input' };
  }
  if (previous?.text === ',' && isCallArguments(tokens, enclosingOpener(tokens, index))) {
    return { offset: previous.start, problem: 'trailing commas not allowed in function call args' };
  }
  const { context, expected } = placeOf(tokens, index);
  const where = context === '' ? '' : ` in ${context}`;
  const wish = expected === '' ? '' : `, expected ${expected}`;
  return { offset: token.start, problem: `unexpected ${describeToken(token)}${where}${wish}` };
}

function isCallArguments(tokens: readonly Token[], opener: number): boolean {
  const before = tokens[opener - 1];
  return (
    tokens[opener]?.text === '(' &&
    (before?.kind === 'identifier' ||
      before?.kind === 'aggregator' ||
      (before?.text === ')' && isGroupedAggregation(tokens, opener - 1)))
  );
}

interface Place {
  readonly context: string;
  readonly expected: string;
}

function placeOf(tokens: readonly Token[], index: number): Place {
  const previous = tokens[index - 1];
  const enclosing = enclosingOpener(tokens, index);
  const opener = tokens[enclosing];
  if (opener?.text === '{') {
    return { context: 'label matching', expected: expectedInBraces(tokens, index) };
  }
  if (opener?.text === '[') {
    const hasColon = tokens.slice(enclosing, index).some((token) => token.text === ':');
    const isDurationDue = previous?.text === '[' || previous?.text === ':' || previous?.kind === 'operator';
    if (hasColon) {
      return { context: 'subquery selector', expected: isDurationDue ? 'number or duration or "]"' : '"]"' };
    }
    return isDurationDue
      ? { context: 'subquery selector', expected: 'number or duration' }
      : { context: 'subquery or range', expected: '":" or "]"' };
  }
  if (opener !== undefined && isGrouping(tokens, enclosing - 1)) {
    const isLabelDue = previous?.text === '(' || previous?.text === ',';
    return { context: 'grouping opts', expected: isLabelDue ? 'label' : '"," or ")"' };
  }
  if (isGrouping(tokens, index - 1) && !/^group_/i.test(previous?.text ?? '')) {
    return { context: 'grouping opts', expected: '"("' };
  }
  if (previous?.kind === 'keyword' && previous.text.toLowerCase() === 'offset') {
    return { context: 'offset', expected: 'number or duration' };
  }
  if (previous?.text === '@') {
    return { context: '@', expected: 'timestamp' };
  }
  return { context: isInAggregation(tokens, index) ? 'aggregation' : '', expected: '' };
}

function expectedInBraces(tokens: readonly Token[], index: number): string {
  const previous = tokens[index - 1];
  const before = tokens[index - 2];
  if (previous === undefined || previous.text === '{' || previous.text === ',') {
    return 'identifier or "}"';
  }
  if (['=', '!=', '=~', '!~'].includes(previous.text) && previous.kind !== 'string') {
    return 'string';
  }
  const isName = before?.text === '{' || before?.text === ',';
  return previous.kind === 'identifier' && isName ? 'label matching operator' : '"," or "}"';
}

/** Whether the token at `index` is a keyword that labels in parentheses follow, and no metric of that name. */
function isGrouping(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  return (
    token?.kind === 'keyword' &&
    GROUPING.has(token.text.toLowerCase()) &&
    (/^group_/i.test(token.text) ||
      before?.kind === 'aggregator' ||
      before?.kind === 'operator' ||
      before?.kind === 'keyword' ||
      before?.text === ')')
  );
}

/** The index of the innermost bracket that is open before `index`, -1 where none is. */
function enclosingOpener(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let i = index - 1; i >= 0; i--) {
    const token = tokens[i]!;
    if (token.kind !== 'punctuation') {
      continue;
    }
    if (token.text === ')' || token.text === ']' || token.text === '}') {
      depth++;
    } else if (token.text === '(' || token.text === '[' || token.text === '{') {
      if (depth === 0) {
        return i;
      }
      depth--;
    }
  }
  return -1;
}

function isInAggregation(tokens: readonly Token[], index: number): boolean {
  for (let i = enclosingOpener(tokens, index); i >= 0; i = enclosingOpener(tokens, i)) {
    const before = tokens[i - 1];
    if (before?.kind === 'aggregator' || (before?.text === ')' && isGroupedAggregation(tokens, i - 1))) {
      return true;
    }
  }
  return false;
}

/** Whether the parenthesis that closes at `close` is the label list of `sum by (...)`. */
function isGroupedAggregation(tokens: readonly Token[], close: number): boolean {
  const open = enclosingOpener(tokens, close);
  return isGrouping(tokens, open - 1) && tokens[open - 2]?.kind === 'aggregator';
}
