import { formatNumber } from '../formatting/formatNumber';
import { formatTime } from '../formatting/formatTime';

/** English patterns with `{0}` or `{name}` where something is filled in, each with the same in another language. */
export type SentenceCatalogue = Readonly<Record<string, string>>;

/** A sentence in another language; null where no pattern fits it. */
export type Recogniser = (text: string) => string | null;

interface Pattern {
  /** Its longest text between holes: where that is missing the expression, which takes longer, need not be tried. */
  readonly landmark: string;
  readonly fits: RegExp;
  readonly holes: readonly string[];
  readonly translated: string;
}

const HOLE = /\{(\w+)\}/;
/** So short a pattern would fit nearly anything, if more than a word, a number with its unit or an instant could be filled in. */
const SHORT_LETTERS = 9;
const SHORT_FILLING = '(\\S*?|-?[\\d.]+ \\S+?|\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC)';
/** How what is added to the end of a sentence, or of what is filled in, begins. */
const ADDED = '(?:[;,:.] | \\()';
const MOST_REMEMBERED = 2000;
/** Longer than any sentence that the sidecar makes: what somebody else's server answered. */
const MOST_LETTERS = 2000;
const MOST_DEPTH = 6;

/**
 * Finds the pattern that an English sentence was made from, and fills what stood in its holes into the translation: numbers
 * and instants as the page writes them, sentences within sentences by their own patterns. The pattern with the most text wins.
 */
export function createRecogniser(catalogue: SentenceCatalogue): Recogniser {
  const patterns = Object.entries(catalogue)
    .map(([english, translated]) => ({ pattern: patternOf(english, translated), letters: lettersOf(english) }))
    .sort((a, b) => b.letters - a.letters)
    .map(({ pattern }) => pattern);
  const known = new Map<string, string | null>();

  const whole = (text: string, depth: number): string | null => {
    const coded = /^([A-Z]+(?:_[A-Z]+)+: )(.+)$/s.exec(text);
    if (coded !== null) {
      const rest = whole(coded[2] ?? '', depth);
      return rest === null ? null : `${coded[1] ?? ''}${rest}`;
    }
    for (const { landmark, fits, holes, translated } of patterns) {
      const found = text.includes(landmark) ? fits.exec(text) : null;
      if (found !== null) {
        const filled = new Map(holes.map((hole, index) => [hole, part(found[index + 1] ?? '', depth + 1)]));
        return translated.replace(new RegExp(HOLE, 'g'), (_, hole: string) => filled.get(hole) ?? '');
      }
    }
    return null;
  };
  const listed = (text: string, separator: string, depth: number): string | null => {
    const parts = text.split(separator);
    const translated = parts.length < 2 ? [] : parts.map((each) => whole(each, depth));
    return translated.length > 0 && translated.every((each) => each !== null) ? translated.join(separator) : null;
  };
  const added = (text: string, depth: number): string | null => {
    const parts = text.split(/(?=[;,] )/).map((each) => whole(each, depth));
    return parts.every((each) => each !== null) ? parts.join('') : null;
  };
  const sentence = (text: string, depth: number) =>
    listed(text, '; ', depth) ?? listed(text, ', ', depth) ?? whole(text, depth) ?? added(text, depth);
  const part = (text: string, depth: number): string =>
    (depth > MOST_DEPTH || text === '' ? null : sentence(text, depth)) ?? valueOf(text);

  return (text) => {
    const remembered = known.get(text);
    if (remembered !== undefined) {
      return remembered;
    }
    if (known.size >= MOST_REMEMBERED) {
      known.clear();
    }
    const translated = text.length > MOST_LETTERS ? null : sentence(text, 0);
    known.set(text, translated);
    return translated;
  };
}

function patternOf(english: string, translated: string): Pattern {
  const pieces = english.split(new RegExp(HOLE, 'g'));
  const isShort = lettersOf(english) < SHORT_LETTERS;
  const fillingAfter = (before: string, isAfterHole: boolean) =>
    isAfterHole && before === '' ? `(|${ADDED}.*?)` : isShort && !/[:(] ?$/.test(before) ? SHORT_FILLING : '(.*?)';
  const source = pieces
    .map((piece, index) => (index % 2 === 0 ? escaped(piece) : fillingAfter(pieces[index - 1] ?? '', index > 1)))
    .join('');
  const texts = pieces.filter((_, index) => index % 2 === 0);
  return {
    landmark: texts.reduce((longest, each) => (each.length > longest.length ? each : longest), ''),
    fits: new RegExp(`^${source}$`, 's'),
    holes: pieces.filter((_, index) => index % 2 === 1),
    translated,
  };
}

function lettersOf(english: string): number {
  return english.replace(new RegExp(HOLE, 'g'), '').replace(/[^\p{L}]/gu, '').length;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A number with its unit, or an instant, as the page writes it; anything else as it is. */
function valueOf(text: string): string {
  const instant = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?: UTC|Z)$/.exec(text);
  if (instant !== null) {
    return formatTime(Date.parse(`${instant[1] ?? ''}T${instant[2] ?? ''}Z`) / 1000);
  }
  const number = /^(-?\d+(?:\.(\d+))?)((?: \S+)?)$/.exec(text);
  return number === null
    ? text
    : `${formatNumber(Number(number[1]), {
        minimumFractionDigits: number[2]?.length ?? 0,
        maximumFractionDigits: number[2]?.length ?? 0,
      })}${number[3] ?? ''}`;
}
