import { CATEGORY_SIZES } from '../windows/index.ts';

/** The static metadata that a network has embeddings for, in the order of its input. */
export const CATEGORY_NAMES = ['tier', 'industry', 'region', 'size'] as const;

/** For each category the names that were learnt; a name's embedding stands at its place, counted from 1. */
export type Vocabulary = Readonly<Record<string, readonly string[]>>;

type Metadata = Readonly<Record<string, string | number>> | undefined;

/** The rows of a workload's static metadata in a network's embeddings; 0, the unknown class, for what it has not learnt. */
export function categoryIndices(metadata: Metadata, vocabulary: Vocabulary): number[] {
  return CATEGORY_NAMES.map((name) => {
    const value = metadata?.[name];
    return value === undefined ? 0 : 1 + (vocabulary[name]?.indexOf(String(value)) ?? -1);
  });
}

/** A vocabulary with what these metadata add to it, as far as there are embeddings. */
export function extendedVocabulary(vocabulary: Vocabulary, all: readonly Metadata[]): Record<string, string[]> {
  return Object.fromEntries(
    CATEGORY_NAMES.map((name, i) => {
      const known = [...(vocabulary[name] ?? [])];
      for (const metadata of all) {
        const value = metadata?.[name];
        if (
          value !== undefined &&
          value !== '' &&
          !known.includes(String(value)) &&
          known.length < CATEGORY_SIZES[i]!
        ) {
          known.push(String(value));
        }
      }
      return [name, known] as const;
    }).filter(([, known]) => known.length > 0)
  );
}
