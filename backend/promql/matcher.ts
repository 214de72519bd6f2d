import { compileRegex } from './regex.ts';
import { goQuote } from './syntax/goQuote.ts';

/** A test of whole texts. */
export type TextPredicate = (text: string) => boolean;

export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One condition on one label; an absent label counts as `''`. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: MatchOperator;
  readonly value: string;
  readonly matches: TextPredicate;
}

/** Makes a matcher; throws an Error with RE2's message where a regular expression is not valid. */
export function labelMatcher(
  name: string,
  operator: MatchOperator,
  value: string,
  compile: (pattern: string) => TextPredicate = compileRegex
): LabelMatcher {
  return { name, operator, value, matches: predicate(operator, value, compile) };
}

/** Whether a label set, by name, fulfils all matchers. */
export function matchesAll(matchers: readonly LabelMatcher[], get: (name: string) => string): boolean {
  return matchers.every((matcher) => matcher.matches(get(matcher.name)));
}

/** A matcher as Prometheus prints it: `a="1"`, `"b.c"=~"x|y"`. */
export function printMatcher(matcher: LabelMatcher): string {
  const name = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(matcher.name) ? matcher.name : goQuote(matcher.name);
  return `${name}${matcher.operator}${goQuote(matcher.value)}`;
}

function predicate(operator: MatchOperator, value: string, compile: (pattern: string) => TextPredicate): TextPredicate {
  switch (operator) {
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    case '=~':
      return compile(value);
    case '!~': {
      const matches = compile(value);
      return (text) => !matches(text);
    }
  }
}
