import { createHash } from 'node:crypto';
import type { Recommendation } from '../../../../contract/index.ts';

/** The ETag of a recommendation: what a person looks at before approving it. */
export function recommendationTag({ id, state, action, proposed, tiers }: Recommendation): string {
  const seen = JSON.stringify([id, state, action, proposed.replicas, tiers.total]);
  return `"${createHash('sha256').update(seen).digest('hex').slice(0, 16)}"`;
}
