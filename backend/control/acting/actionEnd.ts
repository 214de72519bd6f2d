import type { Decision } from '../../../contract/index.ts';

/** The outcome of what took. */
export const APPLIED = 'applied';

/** How an action ended, as far as anybody knows. */
export type ActionEnd =
  | {
      readonly kind: 'applied';
      readonly decision: Decision;
      /** False where it was known already. */
      readonly isNew: boolean;
    }
  | { readonly kind: 'failed'; readonly decision: Decision; readonly error: unknown }
  /** Nobody knows yet; it goes on at the next turn. */
  | { readonly kind: 'unsure'; readonly reason: string };

/** The end that a decision was recorded with: it is not new. */
export function endOf(decision: Decision): ActionEnd {
  return decision.outcome === APPLIED
    ? { kind: 'applied', decision, isNew: false }
    : { kind: 'failed', decision, error: new Error(decision.outcome) };
}
