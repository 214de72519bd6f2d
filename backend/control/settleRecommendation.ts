import type { Recommendation } from '../../contract/index.ts';

export interface SettledRecommendation {
  /** What now stands; `undefined` where nothing does. */
  readonly standing?: Recommendation;
  /** Records to save, the standing one among them if it changed. */
  readonly changed: readonly Recommendation[];
  /** Why a fresh one was held back, in words. */
  readonly heldBack?: string;
}

/**
 * Which recommendation stands when a fresh one comes: the same advice keeps its identity and gets fresh figures;
 * different advice supersedes; and while data are missing (`doubt`), nothing lower than what stands is advised.
 */
export function settleRecommendation(
  standing: Recommendation | undefined,
  fresh: Recommendation | undefined,
  nowSeconds: number,
  doubt: string | undefined
): SettledRecommendation {
  const isOpen = standing?.state === 'proposed' || standing?.state === 'snoozed';
  if (fresh === undefined) {
    if (isOpen && standing.expiresAt <= nowSeconds) {
      return { changed: [{ ...standing, state: 'expired' }] };
    }
    return isOpen ? { standing, changed: [] } : { changed: [] };
  }
  if (doubt !== undefined && wouldGoDown(standing, fresh)) {
    const heldBack = `A lower floor is not advised while ${doubt}`;
    return isOpen && standing.expiresAt > nowSeconds
      ? { standing, changed: [], heldBack }
      : { changed: isOpen ? [{ ...standing, state: 'expired' }] : [], heldBack };
  }
  if (isOpen && isSameAdvice(standing, fresh)) {
    const kept: Recommendation = { ...fresh, id: standing.id, createdAt: standing.createdAt, state: standing.state };
    return { standing: kept, changed: [kept] };
  }
  return { standing: fresh, changed: isOpen ? [{ ...standing, state: 'superseded' }, fresh] : [fresh] };
}

function wouldGoDown(standing: Recommendation | undefined, fresh: Recommendation): boolean {
  return (
    fresh.action === 'lower' ||
    (standing !== undefined && standing.state === 'proposed' && fresh.proposed.replicas < standing.proposed.replicas)
  );
}

function isSameAdvice(a: Recommendation, b: Recommendation): boolean {
  return a.action === b.action && a.proposed.replicas === b.proposed.replicas && a.tiers.total === b.tiers.total;
}
