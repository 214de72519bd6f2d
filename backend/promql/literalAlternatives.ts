import type { TextPredicate } from './matcher.ts';

/** Any text, or any but the empty one, before or after a literal one. */
type Any = '.*' | '.+';

interface Affixed {
  readonly before: Any | undefined;
  readonly text: string;
  readonly after: Any | undefined;
}

/** Each may be looked for in every label. */
const MOST_AFFIXED = 1000;
const PLAIN = String.raw`(?:[^\\.+*?()[\]{}^$|]|\\[!-/:-@[-\`{-~])`;
const ALTERNATIVE = new RegExp(String.raw`(\.[*+])?(${PLAIN}*)(\.[*+])?`, 'y');

/**
 * A test for plain texts, as they are or with their punctuation escaped, each with `.*` or `.+` around it or not, joined
 * by `|`, alone or in one pair of parentheses: what Grafana makes of a variable's values, and what most people write.
 * `undefined` for any other pattern.
 */
export function literalAlternatives(pattern: string): TextPredicate | undefined {
  const inner = /^\((?:\?:)?(.*)\)$/s.exec(pattern)?.[1] ?? pattern;
  const texts = new Set<string>();
  const affixed: Affixed[] = [];
  for (let at = 0; at <= inner.length; at++) {
    ALTERNATIVE.lastIndex = at;
    const [whole = '', before, escaped = '', after] = ALTERNATIVE.exec(inner) ?? [];
    at += whole.length;
    if (at < inner.length && inner[at] !== '|') {
      return undefined;
    }
    const text = escaped.replace(/\\(.)/gs, '$1');
    if (before === undefined && after === undefined) {
      texts.add(text);
    } else if (affixed.length === MOST_AFFIXED || (before !== undefined && after !== undefined && text === '')) {
      return undefined;
    } else {
      affixed.push({ before: before as Any | undefined, text, after: after as Any | undefined });
    }
  }
  return affixed.length === 0
    ? (text) => texts.has(text)
    : (text) => texts.has(text) || affixed.some((one) => isAffixed(one, text));
}

function isAffixed({ before, text, after }: Affixed, whole: string): boolean {
  const least = before === '.+' ? 1 : 0;
  const most = whole.length - (after === '.+' ? 1 : 0) - text.length;
  if (before === undefined) {
    return most >= 0 && whole.startsWith(text);
  }
  if (after === undefined) {
    return whole.length - text.length >= least && whole.endsWith(text);
  }
  const found = whole.indexOf(text, least);
  return found >= 0 && found <= most;
}
