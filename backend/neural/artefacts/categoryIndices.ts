import { CATEGORY_NAMES, categoryIndex, type CategoryVocabulary, type Metadata } from '../../features/index.ts';
import { CATEGORY_SIZES } from '../windows/index.ts';

/** The rows of a workload's static metadata in a network's embeddings; 0, the unknown class, for what it has not learnt. */
export function categoryIndices(metadata: Metadata | undefined, vocabulary: CategoryVocabulary): number[] {
  return CATEGORY_NAMES.map((name) => categoryIndex(vocabulary, name, metadata?.[name]));
}

/** A vocabulary with what these metadata add to it, as far as there are embeddings; what is known keeps its place. */
export function extendedVocabulary(
  vocabulary: CategoryVocabulary,
  all: ReadonlyArray<Metadata | undefined>
): Record<string, string[]> {
  const entries = CATEGORY_NAMES.map((name, i) => {
    const known = [...(vocabulary[name] ?? [])];
    for (const metadata of all) {
      const value = String(metadata?.[name] ?? '');
      if (value !== '' && !known.includes(value) && known.length < CATEGORY_SIZES[i]!) {
        known.push(value);
      }
    }
    return [name, known] as const;
  });
  return Object.fromEntries(entries.filter(([, known]) => known.length > 0));
}
