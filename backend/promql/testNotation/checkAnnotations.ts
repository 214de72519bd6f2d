import { RE2JS } from 're2js';
import type { Annotation } from '../evaluation/annotations.ts';
import type { Expectation } from './testCommand.ts';

/** Whether a text is what an expectation names: exactly, by a part that matches, or anything. */
export function meetsExpectation({ message, pattern }: Expectation, text: string): boolean {
  if (pattern !== undefined) {
    return RE2JS.compile(pattern).matcher(text).find();
  }
  return message === undefined || message === text;
}

/** What is wrong with the annotations of a result, in words; `undefined` where nothing is. */
export function checkAnnotations(
  expectations: readonly Expectation[],
  annotations: readonly Annotation[]
): string | undefined {
  for (const [kind, name] of [
    ['warn', 'warning'],
    ['info', 'info'],
  ] as const) {
    const texts = annotations.filter((annotation) => annotation.kind === name).map(({ message }) => message);
    const found = texts.length === 0 ? `no ${name}` : texts.join('; ');
    if (expectations.some((expectation) => expectation.kind === `no_${kind}`) && texts.length > 0) {
      return `expected no ${name}, got ${found}`;
    }
    const wanted = expectations.filter((expectation) => expectation.kind === kind);
    const unmet = wanted.find((expectation) => !texts.some((text) => meetsExpectation(expectation, text)));
    if (unmet !== undefined) {
      return `expected ${name} ${unmet.message ?? unmet.pattern ?? ''}, got ${found}`;
    }
    const named = wanted.filter((expectation) => expectation.message ?? expectation.pattern);
    const unexpected = texts.find((text) => !named.some((expectation) => meetsExpectation(expectation, text)));
    if (named.length > 0 && named.length === wanted.length && unexpected !== undefined) {
      return `expected no other ${name}, got ${unexpected}`;
    }
  }
  return undefined;
}
