import { parseError } from './queryError.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const NUMERIC_ESCAPE = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/;

/** Where the quoted string that begins at `start` ends; throws where it does not, or holds a wrong escape. */
export function scanString(query: string, start: number): number {
  const quote = query.charAt(start);
  if (quote === '`') {
    const end = query.indexOf('`', start + 1);
    if (end < 0) {
      throw parseError(query, start, 'unterminated raw string');
    }
    requireReadable(query, start, end);
    return end + 1;
  }
  for (let at = start + 1; at < query.length; at++) {
    const character = query.charAt(at);
    if (character === quote) {
      requireReadable(query, start, at);
      return at + 1;
    }
    if (character === '\n') {
      break;
    }
    if (character === '\\') {
      at += escapeLength(query, at + 1, quote, start);
    }
  }
  throw parseError(query, start, 'unterminated quoted string');
}

/** Prometheus takes the replacement character for bytes that are no UTF-8, and here it mostly is what became of such. */
function requireReadable(query: string, start: number, end: number): void {
  const at = query.indexOf('\ufffd', start);
  if (at >= 0 && at < end) {
    throw parseError(query, start, 'invalid UTF-8 rune');
  }
}

/** The text that a string token stands for. Source: Prometheus' strutil.Unquote. */
export function unquote(token: string): string {
  const body = token.slice(1, -1);
  if (token.startsWith('`') || !body.includes('\\')) {
    return body;
  }
  const bytes: Buffer[] = [];
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (character !== '\\') {
      const point = body.codePointAt(at) ?? 0;
      at += point > 0xffff ? 1 : 0;
      bytes.push(Buffer.from(String.fromCodePoint(point)));
      continue;
    }
    const rest = body.slice(at + 1, at + 10);
    const [matched, byte, short, long, octal] = NUMERIC_ESCAPE.exec(rest) ?? [];
    if (matched === undefined) {
      bytes.push(Buffer.from(ESCAPES[rest.charAt(0)] ?? rest.charAt(0)));
      at++;
    } else {
      const code = byte ?? octal;
      bytes.push(
        code === undefined
          ? Buffer.from(String.fromCodePoint(Number.parseInt(short ?? long ?? '0', 16)))
          : Buffer.of(Number.parseInt(code, byte === undefined ? 8 : 16))
      );
      at += matched.length;
    }
  }
  return Buffer.concat(bytes).toString();
}

function escapeLength(query: string, at: number, quote: string, start: number): number {
  const character = query.charAt(at);
  if (character === quote || ESCAPES[character] !== undefined) {
    return 1;
  }
  const [matched, byte, short, long, octal] = NUMERIC_ESCAPE.exec(query.slice(at, at + 9)) ?? [];
  if (matched === undefined) {
    const point = query.codePointAt(at);
    const problem =
      point === undefined
        ? 'escape sequence not terminated'
        : /[xuU0-7]/.test(character)
          ? 'illegal character in escape sequence'
          : `unknown escape sequence U+${point.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(point)}'`;
    throw parseError(query, start, problem);
  }
  const code = Number.parseInt(byte ?? short ?? long ?? octal ?? '0', octal === undefined ? 16 : 8);
  const isByte = byte !== undefined || octal !== undefined;
  if (code > (isByte ? 255 : 0x10ffff) || (code >= 0xd800 && code < 0xe000)) {
    throw parseError(query, start, 'escape sequence is an invalid Unicode code point');
  }
  return matched.length;
}
