const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** Writes a text in double quotes as Go's `%q` does, which is how Prometheus shows names and values. Source: strconv.Quote. */
export function goQuote(text: string): string {
  return quoteWith(text, '"');
}

/** Writes one character in single quotes as Go's `%q` does for a rune. */
export function goQuoteRune(character: string): string {
  return quoteWith(character, "'");
}

function quoteWith(text: string, quote: string): string {
  let quoted = quote;
  for (const character of text) {
    quoted += escapeCharacter(character, quote);
  }
  return quoted + quote;
}

function escapeCharacter(character: string, quote: string): string {
  const named = character === quote ? `\\${quote}` : NAMED[character];
  if (named !== undefined) {
    return named;
  }
  if (character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character)) {
    return character;
  }
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x80) {
    return `\\x${point.toString(16).padStart(2, '0')}`;
  }
  return point < 0x10000 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`;
}
