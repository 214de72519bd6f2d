/** The static metadata that can be learnt, in the order of a network's input. */
export const CATEGORY_NAMES = ['tier', 'industry', 'region', 'size'] as const;

export type CategoryName = (typeof CATEGORY_NAMES)[number];

/** For each category the values that are known; a value's index is its place, counted from 1. Plain data. */
export type CategoryVocabulary = Readonly<Partial<Record<string, readonly string[]>>>;

export type Metadata = Readonly<Record<string, string | number>>;

/** The index of a value in its category: 0, the unknown class, where it is absent, empty or not in the vocabulary. */
export function categoryIndex(
  vocabulary: CategoryVocabulary,
  name: string,
  value: string | number | undefined
): number {
  if (value === undefined || value === '' || !Object.hasOwn(vocabulary, name)) {
    return 0;
  }
  return 1 + (vocabulary[name]?.indexOf(String(value)) ?? -1);
}

/** All values that stand in some metadata, each category in alphabetical order. */
export function vocabularyOf(all: readonly Metadata[]): CategoryVocabulary {
  const entries = CATEGORY_NAMES.map((name) => {
    const values = all.flatMap((metadata) => {
      const value = Object.hasOwn(metadata, name) ? String(metadata[name]) : '';
      return value === '' ? [] : [value];
    });
    return [name, [...new Set(values)].sort()] as const;
  });
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

const SIZE_BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** The class of a provisioned size (replicas or cores): `up-to-8` is above 4 and at most 8; `''` where it is unknown. */
export function sizeClass(size: number | undefined): string {
  if (size === undefined || Number.isNaN(size)) {
    return '';
  }
  const bound = SIZE_BOUNDS.find((most) => size <= most);
  return bound === undefined ? `over-${String(SIZE_BOUNDS.at(-1))}` : `up-to-${String(bound)}`;
}
