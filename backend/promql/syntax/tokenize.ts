import { HeadroomError } from '../../errors/index.ts';
import { goQuote, goQuoteRune } from './goQuote.ts';
import { MOST_WORDS } from './queryBudget.ts';
import { parseError } from './queryError.ts';
import { scanNumber } from './scanNumber.ts';
import { scanString } from './scanString.ts';
import { wordKind, type Token, type TokenKind } from './token.ts';

/** Deeper than any query that means something, and within what the parser can hold. */
const DEEPEST = 1000;
const OPERATORS = ['==', '!=', '<=', '>=', '+', '-', '*', '/', '%', '^', '<', '>', '@'];
const IN_BRACES = ['=~', '!~', '!=', '=', ','];
const IN_BRACKETS = ['+', '-', '*', '/', '%', '^', '('];
const WORD = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_WORD = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const SPACE = /(?:[ \t\r\n]|#[^\r\n]*)*/y;

/** The words of a query, and the error at the first thing that is none. */
export interface Tokenized {
  /** The last one is the end, where there is no error. */
  readonly tokens: readonly Token[];
  readonly error?: HeadroomError;
}

/** Splits a query into its words, errors with Prometheus' messages. Source: the states of Prometheus' lexer. */
export function tokenize(query: string): Tokenized {
  const tokenizer = new Tokenizer(query);
  try {
    tokenizer.run();
    return { tokens: tokenizer.tokens };
  } catch (error) {
    if (error instanceof HeadroomError) {
      return { tokens: tokenizer.tokens, error };
    }
    throw error;
  }
}

class Tokenizer {
  readonly #query: string;
  readonly tokens: Token[] = [];
  #at = 0;
  #parenDepth = 0;
  #place: 'statement' | 'braces' | 'brackets' = 'statement';
  #hasColon = false;
  #hasDuration = false;

  constructor(query: string) {
    this.#query = query;
  }

  run(): void {
    const query = this.#query;
    for (;;) {
      SPACE.lastIndex = this.#at;
      this.#at += SPACE.exec(query)?.[0].length ?? 0;
      if (this.#at >= query.length) {
        break;
      }
      const character = this.#character(this.#at);
      if (this.#place === 'braces') {
        this.#scanInBraces(character);
      } else if (this.#place === 'brackets') {
        this.#scanInBrackets(character);
      } else {
        this.#scanStatement(character);
      }
    }
    if (this.#place !== 'statement') {
      this.#fail(`unexpected end of input ${this.#place === 'braces' ? 'inside braces' : 'in duration expression'}`);
    }
    if (this.#parenDepth !== 0) {
      this.#fail('unclosed left parenthesis');
    }
    this.#push('end', 0);
  }

  #scanInBraces(character: string): void {
    if (character === '}') {
      this.#push('punctuation', 1);
      this.#place = 'statement';
    } else if (character === '"' || character === "'" || character === '`') {
      this.#push('string', scanString(this.#query, this.#at) - this.#at);
    } else if (character === '{') {
      this.#fail("unexpected left brace '{'");
    } else if (!this.#pushWord(LABEL_WORD, () => 'identifier') && !this.#pushOneOf(IN_BRACES)) {
      if (character === '!') {
        this.#fail(`unexpected character after '!' inside braces: ${goQuoteRune(this.#character(this.#at + 1))}`);
      }
      this.#fail(`unexpected character inside braces: ${goQuoteRune(character)}`);
    }
  }

  #scanInBrackets(character: string): void {
    if (character === ']') {
      this.#push('punctuation', 1);
      this.#place = 'statement';
    } else if (character === ':') {
      if (!this.#hasDuration) {
        this.#fail('unexpected colon before duration in duration expression');
      }
      if (this.#hasColon) {
        this.#fail('unexpected repeated colon in duration expression');
      }
      this.#hasColon = true;
      this.#push('punctuation', 1);
    } else if (character === ')') {
      this.#closeParen();
    } else if (this.#startsNumber()) {
      this.#hasDuration = true;
      this.#pushNumber();
    } else if (this.#pushOneOf(IN_BRACKETS)) {
      if (character === '(') {
        this.#openParen();
      }
    } else {
      this.#fail(`unexpected character in duration expression: ${goQuoteRune(character)}`);
    }
  }

  #scanStatement(character: string): void {
    if (character === '(' || character === ',' || character === '{' || character === '[') {
      this.#push('punctuation', 1);
      if (character === '(') {
        this.#openParen();
      }
      this.#place = character === '{' ? 'braces' : character === '[' ? 'brackets' : 'statement';
      this.#hasColon = false;
      this.#hasDuration = false;
    } else if (character === ')') {
      this.#closeParen();
    } else if (character === ']') {
      this.#fail("unexpected right bracket ']'");
    } else if (character === '"' || character === "'" || character === '`') {
      this.#push('string', scanString(this.#query, this.#at) - this.#at);
    } else if (this.#startsNumber()) {
      this.#pushNumber();
    } else if (this.#query.startsWith('=~', this.#at)) {
      this.#fail("unexpected character after '=': '~'");
    } else if (!this.#pushWord(WORD, wordKind) && !this.#pushOneOf(OPERATORS) && !this.#pushOneOf(['='])) {
      if (character === '!') {
        this.#fail(`unexpected character after '!': ${goQuoteRune(this.#character(this.#at + 1))}`);
      }
      this.#fail(`unexpected character: ${goQuoteRune(character)}`);
    }
  }

  #openParen(): void {
    this.#parenDepth++;
    if (this.#parenDepth > DEEPEST) {
      this.#fail(`expression is nested more than ${String(DEEPEST)} deep`);
    }
  }

  #closeParen(): void {
    this.#parenDepth--;
    if (this.#parenDepth < 0) {
      this.#at++;
      this.#fail("unexpected right parenthesis ')'");
    }
    this.#push('punctuation', 1);
  }

  #pushNumber(): void {
    const scanned = scanNumber(this.#query, this.#at);
    if (scanned.kind === 'invalid') {
      this.#fail(`bad number or duration syntax: ${goQuote(this.#query.slice(this.#at, scanned.end))}`);
    }
    this.#push(scanned.kind === 'duration' ? 'duration' : 'number', scanned.end - this.#at);
  }

  #pushWord(pattern: RegExp, kindOf: (word: string) => TokenKind): boolean {
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.#query)?.[0];
    if (word !== undefined) {
      this.#push(kindOf(word), word.length);
    }
    return word !== undefined;
  }

  #pushOneOf(texts: readonly string[]): boolean {
    const text = texts.find((candidate) => this.#query.startsWith(candidate, this.#at));
    if (text !== undefined) {
      this.#push(OPERATORS.includes(text) || text.endsWith('~') ? 'operator' : 'punctuation', text.length);
    }
    return text !== undefined;
  }

  #push(kind: TokenKind, length: number): void {
    if (this.tokens.length >= MOST_WORDS) {
      this.#fail(`expression has more than ${String(MOST_WORDS)} words`);
    }
    const end = this.#at + length;
    this.tokens.push({ kind, text: this.#query.slice(this.#at, end), start: this.#at, end });
    this.#at = end;
  }

  #startsNumber(): boolean {
    return /^(?:[0-9]|\.[0-9])/.test(this.#query.slice(this.#at, this.#at + 2));
  }

  #character(offset: number): string {
    const point = this.#query.codePointAt(offset);
    return point === undefined ? '\ufffd' : String.fromCodePoint(point);
  }

  #fail(problem: string): never {
    throw parseError(this.#query, this.#at, problem);
  }
}
