/** Of a class with `\p`, whose ranges are many. */
const CLASS_SIZE = 20;
const UNICODE_CLASS = /\\[pP](?:\{[^}]*\}|.)/y;
const REPETITION = /\{(\d{1,4})(,(\d{0,4}))?\}/y;

/**
 * About how many instructions a regular expression compiles to, repetitions written out: what compiling takes, and what
 * each character that it is tried on may take. Linear in the pattern, valid or not.
 */
export function patternSize(pattern: string): number {
  const outer: number[] = [];
  let sum = 0;
  let last = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '(') {
      outer.push(sum + last);
      [sum, last] = [0, 0];
      continue;
    }
    if (character === ')') {
      last += sum + 1;
      sum = outer.pop() ?? 0;
      continue;
    }
    REPETITION.lastIndex = at;
    const repetition = character === '{' ? REPETITION.exec(pattern) : null;
    if (repetition !== null) {
      const [text, least = '0', , most = ''] = repetition;
      last *= Math.max(Number(least) + 1, Number(most), 1);
      at += text.length - 1;
      continue;
    }
    sum += last;
    last = 1;
    if (character === '\\') {
      UNICODE_CLASS.lastIndex = at;
      const name = UNICODE_CLASS.exec(pattern)?.[0];
      last = name === undefined ? 1 : CLASS_SIZE;
      at += (name?.length ?? 2) - 1;
    }
  }
  return outer.reduce((total, size) => total + size, sum + last);
}
