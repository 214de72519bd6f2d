import { CATEGORY_SIZES } from '../windows/index.ts';

const NAMES = ['tier', 'industry', 'region', 'size'] as const;

/**
 * The rows of a workload's static metadata in the networks' embeddings, one for each of tier, industry, region and
 * size; 0, the unknown class, where it is not given. Others are spread over the rows by a hash of their name (FNV-1a).
 */
export function categoryIndices(metadata: Readonly<Record<string, string | number>> | undefined): number[] {
  return NAMES.map((name, i) => {
    const value = metadata?.[name];
    if (value === undefined || value === '') {
      return 0;
    }
    let hash = 0x811c9dc5;
    for (const char of String(value).toLowerCase()) {
      hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    }
    return 1 + (hash % CATEGORY_SIZES[i]!);
  });
}
