import { CATEGORY_NAMES } from '../../features/index.ts';
import type { ImportanceGroup } from './importanceGroup.ts';

/** Each category of the static metadata, left out. */
export const CATEGORY_GROUPS: readonly ImportanceGroup[] = CATEGORY_NAMES.map((name) => ({
  kind: 'category',
  name,
  description: `the ${name} of the account or workload`,
  neutralise(history) {
    const { [name]: value, ...others } = history.metadata ?? {};
    return value === undefined || value === '' ? undefined : { ...history, metadata: others };
  },
}));
