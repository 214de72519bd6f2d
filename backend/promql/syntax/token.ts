import { AGGREGATIONS } from '../ast.ts';
import { goQuote } from './goQuote.ts';

export type TokenKind =
  | 'identifier'
  | 'metricIdentifier'
  | 'keyword'
  | 'preprocessor'
  | 'aggregator'
  | 'operator'
  | 'number'
  | 'duration'
  | 'string'
  | 'punctuation'
  | 'end';

/** One word of a query: its text, and where it stands (character offsets, `end` exclusive). */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORDS: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
  ...['and', 'or', 'unless', 'atan2'].map((word) => [word, 'operator'] as const),
  ...AGGREGATIONS.map((word) => [word, 'aggregator'] as const),
  ...['offset', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool'].map(
    (word) => [word, 'keyword'] as const
  ),
  ...['start', 'end'].map((word) => [word, 'preprocessor'] as const),
  ...['inf', 'nan'].map((word) => [word, 'number'] as const),
]);

/** What a word outside of braces is: keywords are recognised whatever their case. */
export function wordKind(word: string): TokenKind {
  return WORDS.get(word.toLowerCase()) ?? (word.includes(':') ? 'metricIdentifier' : 'identifier');
}

const KIND_NAMES: Readonly<Partial<Record<TokenKind, string>>> = {
  identifier: 'identifier ',
  metricIdentifier: 'metric identifier ',
  string: 'string ',
  number: 'number ',
  duration: 'duration ',
};

/** A token as Prometheus names it in "unexpected ...". Source: the lexer's Item.desc and Item.String. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'end of input';
    case 'keyword':
      return `<${token.text}>`;
    case 'operator':
      return `<op:${token.text}>`;
    case 'aggregator':
      return `<aggr:${token.text}>`;
    case 'identifier':
    case 'metricIdentifier':
      return `${KIND_NAMES[token.kind] ?? ''}${goQuote(token.text)}`;
    default: {
      const quoted = token.text.length > 10 ? `${goQuote(token.text.slice(0, 10))}...` : goQuote(token.text);
      return `${KIND_NAMES[token.kind] ?? ''}${quoted}`;
    }
  }
}
