import type { Recommendation, RecommendationState } from '../../contract/index.ts';

export interface SettledRecommendation {
  /** What now stands; `undefined` where nothing does. */
  readonly standing?: Recommendation;
  /** Records to save, the standing one among them if it changed. */
  readonly changed: readonly Recommendation[];
  /** Why a fresh one was held back, in words. */
  readonly heldBack?: string;
  /** The figures at which what stands got its identity. */
  readonly anchor?: Anchor;
}

export interface Anchor {
  readonly floor: number;
  readonly total: number;
}

export const ANSWERED: readonly RecommendationState[] = ['approved', 'applied', 'dismissed', 'rolled-back'];

/** Figures that differ by no more are the same advice, as an HPA takes them: a tenth, at least a replica. */
const TOLERANCE = 0.1;

/**
 * Which recommendation stands when a fresh one comes: the same advice keeps its identity and gets fresh figures;
 * different advice supersedes; and while data are missing (`doubt`), nothing lower than what stands is advised.
 *
 * The same advice is the same action with figures near those at which it got its identity (`anchor`, those of what
 * stands where it is not known).
 */
export function settleRecommendation(
  standing: Recommendation | undefined,
  fresh: Recommendation | undefined,
  nowSeconds: number,
  doubt: string | undefined,
  anchor?: Anchor
): SettledRecommendation {
  if (standing?.state === 'snoozed' && (standing.answer?.until ?? Number.POSITIVE_INFINITY) <= nowSeconds) {
    const awake: Recommendation = { ...standing, state: 'proposed' };
    delete awake.answer;
    const settled = settleRecommendation(awake, fresh, nowSeconds, doubt, anchor);
    const isTold = settled.changed.some(({ id }) => id === awake.id) || settled.standing?.id !== awake.id;
    return isTold ? settled : { ...settled, changed: [awake, ...settled.changed] };
  }
  const isOpen = standing?.state === 'proposed' || standing?.state === 'snoozed';
  if (fresh === undefined) {
    if (isOpen && standing.expiresAt <= nowSeconds) {
      return { changed: [{ ...standing, state: 'expired' }] };
    }
    return isOpen ? { standing, changed: [], ...(anchor === undefined ? {} : { anchor }) } : { changed: [] };
  }
  if (doubt !== undefined && wouldGoDown(standing, fresh)) {
    const heldBack = `A lower floor is not advised while ${doubt}`;
    return isOpen && standing.expiresAt > nowSeconds
      ? { standing, changed: [], heldBack, ...(anchor === undefined ? {} : { anchor }) }
      : { changed: isOpen ? [{ ...standing, state: 'expired' }] : [], heldBack };
  }
  const from = anchor ?? (standing && anchorOf(standing));
  const isSame = from !== undefined && standing?.action === fresh.action && isNear(from, anchorOf(fresh));
  if (isSame && isAnswered(standing) && standing.expiresAt > nowSeconds) {
    return { standing, changed: [], anchor: from };
  }
  if (isOpen && isSame) {
    const kept: Recommendation = {
      ...fresh,
      id: standing.id,
      createdAt: standing.createdAt,
      state: standing.state,
      ...answerOf(standing),
    };
    return { standing: kept, changed: [kept], anchor: from };
  }
  return {
    standing: fresh,
    changed: isOpen ? [{ ...standing, state: 'superseded' }, fresh] : [fresh],
    anchor: anchorOf(fresh),
  };
}

/** A person or policy has done with it; the same advice is not given again before it has run out. */
function isAnswered(standing: Recommendation | undefined): standing is Recommendation {
  return standing !== undefined && ANSWERED.includes(standing.state);
}

function answerOf({ answer }: Recommendation): Pick<Recommendation, 'answer'> {
  return answer === undefined ? {} : { answer };
}

function wouldGoDown(standing: Recommendation | undefined, fresh: Recommendation): boolean {
  return (
    fresh.action === 'lower' ||
    (standing !== undefined && standing.state === 'proposed' && fresh.proposed.replicas < standing.proposed.replicas)
  );
}

function anchorOf({ proposed, tiers }: Recommendation): Anchor {
  return { floor: proposed.replicas, total: tiers.total };
}

function isNear(from: Anchor, to: Anchor): boolean {
  const isClose = (a: number, b: number) => Math.abs(a - b) <= Math.max(1, TOLERANCE * a);
  return isClose(from.floor, to.floor) && isClose(from.total, to.total);
}
