import type { Decision } from '../../contract/index.ts';

/** A decision as JSON; what is undefined would be left out of it, so absence is null. */
export function decisionBody(decision: Decision): string {
  return JSON.stringify({ ...decision, before: decision.before ?? null, after: decision.after ?? null });
}
