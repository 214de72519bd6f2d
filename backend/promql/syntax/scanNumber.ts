const DURATION_REST = /[smhdwy]s?(?:[0-9]+[smhdw]s?)*/y;
const HEXADECIMAL = /0[xX]_?/y;

/** A number or duration word, or what only began like one; `end` is exclusive. */
export interface ScannedNumber {
  readonly kind: 'number' | 'duration' | 'invalid';
  readonly end: number;
}

/**
 * The number or duration that begins at `start`. Its text may still have no value, since the lexer takes whatever
 * looks like one. Source: Prometheus' lexNumberOrDuration.
 */
export function scanNumber(query: string, start: number): ScannedNumber {
  const number = numberEnd(query, start);
  if (number.isComplete) {
    return { kind: 'number', end: number.end };
  }
  DURATION_REST.lastIndex = number.end;
  const rest = DURATION_REST.exec(query)?.[0] ?? '';
  const end = number.end + rest.length;
  if (rest !== '' && !isAlphaNumeric(query, end)) {
    return { kind: 'duration', end };
  }
  return { kind: 'invalid', end: rest === '' ? end : Math.min(query.length, end + 1) };
}

/** The value of a number word, `undefined` where it has none. Source: Go's ParseInt with base 0, then ParseFloat. */
export function numberValue(text: string): number | undefined {
  const lower = text.toLowerCase();
  const unsigned = lower.replace(/^[+-]/, '');
  const sign = lower.startsWith('-') ? -1 : 1;
  if (unsigned === 'inf' || unsigned === 'infinity') {
    return sign * Infinity;
  }
  if (lower === 'nan') {
    return Number.NaN;
  }
  const digits = unsigned.replace(/(?<=[0-9a-fx])_(?=[0-9a-f])/g, '');
  if (/^0[0-7]+$/.test(digits)) {
    return sign * Number.parseInt(digits, 8);
  }
  if (
    /^0x[0-9a-f]+$|^0b[01]+$|^0o[0-7]+$/.test(digits) ||
    /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/.test(digits)
  ) {
    return sign * Number(digits);
  }
  return undefined;
}

function numberEnd(query: string, start: number): { readonly isComplete: boolean; readonly end: number } {
  HEXADECIMAL.lastIndex = start;
  const prefix = HEXADECIMAL.exec(query)?.[0] ?? '';
  const isHexadecimal = prefix !== '';
  const digit = isHexadecimal ? /[0-9a-fA-F]/ : /[0-9]/;
  let at = start + prefix.length;
  let hasDot = false;
  let hasExponent = false;
  for (;;) {
    const character = query.charAt(at);
    if (digit.test(character)) {
      at++;
    } else if (character === '.') {
      if (hasDot || isHexadecimal || /[_.]/.test(query.charAt(at + 1))) {
        return { isComplete: false, end: at + 1 };
      }
      hasDot = true;
      at++;
    } else if ((character === 'e' || character === 'E') && !hasExponent) {
      hasExponent = true;
      at += /[+-]/.test(query.charAt(at + 1)) ? 2 : 1;
      if (at >= query.length || /[._eE]/.test(query.charAt(at))) {
        return { isComplete: false, end: Math.min(query.length, at + 1) };
      }
    } else if (character === '_') {
      at++;
      if (at >= query.length || /[._eE]/.test(query.charAt(at))) {
        return { isComplete: false, end: Math.min(query.length, at + 1) };
      }
    } else {
      return { isComplete: at > start + prefix.length && !isAlphaNumeric(query, at), end: at };
    }
  }
}

function isAlphaNumeric(query: string, offset: number): boolean {
  return /[a-zA-Z0-9_]/.test(query.charAt(offset));
}
