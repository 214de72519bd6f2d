const ENGLISH = 'en-US';

let current = ENGLISH;

/** The language that Grafana shows, as a BCP 47 tag; English until it is told. */
export function language(): string {
  return current;
}

/** Takes the language that translations were begun in; one that nobody can write numbers in is English. */
export function takeLanguage(tag: string): void {
  current = isWritable(tag) ? tag : ENGLISH;
}

function isWritable(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch (thrown) {
    if (thrown instanceof RangeError) {
      return false;
    }
    throw thrown;
  }
}
