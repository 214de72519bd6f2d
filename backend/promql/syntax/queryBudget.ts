import type { TextPredicate } from '../matcher.ts';
import { literalAlternatives } from '../literalAlternatives.ts';
import { patternSize } from '../patternSize.ts';
import { compileRegex, LARGEST_PATTERN } from '../regex.ts';

/**
 * Thirty times the largest query of the provisioned dashboards. The grammar takes some five microseconds a word, during
 * which nobody else is served.
 */
export const MOST_WORDS = 5000;

/** What the texts of one request may take to parse, all together. */
export class QueryBudget {
  #words = MOST_WORDS;
  #patternSize = LARGEST_PATTERN;
  readonly #compiled = new Map<string, TextPredicate>();

  /** Counts words; false where they are too many. */
  takeWords(count: number): boolean {
    this.#words -= count;
    return this.#words >= 0;
  }

  /** Compiles a regular expression once; throws an Error where it is not valid, or where all are too large together. */
  readonly compile = (pattern: string): TextPredicate => {
    const known = this.#compiled.get(pattern);
    if (known !== undefined) {
      return known;
    }
    const simple = literalAlternatives(pattern);
    this.#patternSize -= simple === undefined ? patternSize(pattern) : 0;
    if (this.#patternSize < 0) {
      throw new Error(`error parsing regexp: expression too large: more than ${String(LARGEST_PATTERN)} instructions`);
    }
    const compiled = simple ?? compileRegex(pattern);
    this.#compiled.set(pattern, compiled);
    return compiled;
  };
}
