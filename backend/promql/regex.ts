import { RE2JS } from 're2js';

/** A test of whole texts. */
export type TextPredicate = (text: string) => boolean;

const LITERAL_ALTERNATIVES = /^[^\\.+*?()[\]{}^$]*$/;

/**
 * Compiles a regular expression in RE2's syntax, anchored at both ends, `.` matching newlines too, in linear time.
 *
 * Throws an Error with RE2's message where the pattern is not valid. Source: Prometheus' FastRegexMatcher.
 */
export function compileRegex(pattern: string): TextPredicate {
  if (LITERAL_ALTERNATIVES.test(pattern)) {
    const alternatives = new Set(pattern.split('|'));
    return (text) => alternatives.has(text);
  }
  if (pattern === '.*') {
    return () => true;
  }
  if (pattern === '.+') {
    return (text) => text !== '';
  }
  const compiled = compileDotAll(pattern);
  return (text) => compiled.matches(text);
}

function compileDotAll(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch (cause) {
    // The flag was put before the pattern, and would be shown as a part of it.
    throw new Error((cause as Error).message.replace('`(?s)', '`'), { cause });
  }
}
