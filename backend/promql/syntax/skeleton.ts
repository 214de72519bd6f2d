import { FUNCTIONS } from './functionTable.ts';
import { parseError } from './queryError.ts';
import { describeToken, type Token } from './token.ts';

const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

/**
 * The query reduced to what the grammar has to decide, every word in its place: numbers become names (so that a sign
 * before one is an operator, as in Prometheus, and not part of it) but where only a number can stand, names and
 * strings are blanked, comments are gone.
 *
 * Throws PROMQL_QUERY_INVALID where two words touch that would be read as one.
 */
export function skeletonOf(query: string, tokens: readonly Token[]): string {
  let skeleton = '';
  let isGrouping = false;
  let bracketDepth = 0;
  let durationDepth = -1;
  let isAfterAt = false;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const previous = tokens[index - 1];
    const next = tokens[index + 1];
    skeleton = skeleton.padEnd(token.start);
    const touches = previous?.end === token.start;
    if (touches && isWord(previous) && isWord(token)) {
      throw parseError(query, token.start, `unexpected ${describeToken(token)}`);
    }
    if (token.text === '/' && touches && (previous.text === '<' || previous.text === '>')) {
      throw parseError(query, token.start, 'unexpected <op:/>');
    }
    bracketDepth += token.text === '[' ? 1 : token.text === ']' ? -1 : 0;
    const isNumberPlace = bracketDepth > 0 || durationDepth >= 0 || isAfterAt;
    skeleton += isGrouping ? groupingSkeleton(token) : tokenSkeleton(query, token, previous, next, isNumberPlace);

    isGrouping = isGrouping
      ? token.text !== ')'
      : token.text === '(' && previous?.kind === 'keyword' && GROUPING.has(previous.text.toLowerCase());
    if (token.kind === 'keyword' && token.text.toLowerCase() === 'offset' && !isOffsetMetric(token, previous)) {
      durationDepth = 0;
    } else if (durationDepth >= 0) {
      durationDepth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
      durationDepth = durationDepth <= 0 && token.text !== '+' && token.text !== '-' ? -1 : durationDepth;
    }
    isAfterAt = token.text === '@' || (isAfterAt && (token.text === '+' || token.text === '-'));
  }
  return skeleton;
}

function tokenSkeleton(
  query: string,
  token: Token,
  previous: Token | undefined,
  next: Token | undefined,
  isNumberPlace: boolean
): string {
  const { length } = token.text;
  switch (token.kind) {
    case 'number':
    case 'duration':
      return isNumberPlace ? '1'.repeat(length) : '_'.repeat(length);
    case 'string':
      return `"${'x'.repeat(length - 2)}"`;
    case 'identifier':
      return next?.text === '(' && next.kind === 'punctuation' ? functionSkeleton(query, token) : '_'.repeat(length);
    case 'metricIdentifier':
      return '_'.repeat(length);
    case 'keyword':
      return isOffsetMetric(token, previous) ? '_'.repeat(length) : token.text;
    default:
      return token.text;
  }
}

/** A known function keeps its name; any other stands as one, and is named when its turn comes. */
function functionSkeleton(query: string, { text: name, start }: Token): string {
  if (FUNCTIONS.has(name)) {
    return name;
  }
  if (name.length < 2) {
    throw parseError(query, start, `unknown function with name "${name}"`);
  }
  return (name.length === 2 ? 'ln' : 'abs').padEnd(name.length);
}

/** `offset` where an operand is due is a metric's name. */
function isOffsetMetric(token: Token, previous: Token | undefined): boolean {
  return (
    token.text.toLowerCase() === 'offset' &&
    (previous === undefined || previous.kind === 'operator' || previous.text === '(' || previous.text === ',')
  );
}

function groupingSkeleton(token: Token): string {
  const isLabel =
    token.kind === 'identifier' ||
    token.kind === 'metricIdentifier' ||
    token.kind === 'aggregator' ||
    token.kind === 'preprocessor' ||
    (token.kind === 'keyword' && token.text.toLowerCase() !== 'without') ||
    (token.kind === 'operator' && /^[a-z]/i.test(token.text));
  if (isLabel) {
    return '_'.repeat(token.text.length);
  }
  return token.kind === 'string' ? `"${'x'.repeat(token.text.length - 2)}"` : token.text;
}

/** Whether a token could run on into the next one. */
function isWord(token: Token): boolean {
  return token.kind !== 'string' && token.kind !== 'punctuation' && /^[\w:.]/.test(token.text);
}
