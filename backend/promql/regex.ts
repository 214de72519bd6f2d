import { RE2JS } from 're2js';
import { literalAlternatives } from './literalAlternatives.ts';
import type { TextPredicate } from './matcher.ts';
import { patternSize } from './patternSize.ts';

/** Compiling takes up to ten microseconds an instruction, in which nobody else is answered. */
export const LARGEST_PATTERN = 5000;

/**
 * Compiles a regular expression in RE2's syntax, anchored at both ends, `.` matching newlines too, in linear time.
 *
 * Throws an Error with RE2's message where the pattern is not valid. Source: Prometheus' FastRegexMatcher.
 */
export function compileRegex(pattern: string): TextPredicate {
  const alternatives = literalAlternatives(pattern);
  if (alternatives !== undefined) {
    return alternatives;
  }
  if (patternSize(pattern) > LARGEST_PATTERN) {
    throw new Error(`error parsing regexp: expression too large: more than ${String(LARGEST_PATTERN)} instructions`);
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
