import type { SloState } from './sloNow.ts';
import type { WatchRecord } from './actionRecord.ts';

/** What was seen of a change so far. */
export interface Watched {
  /** The most replicas since the change; absent while none were seen. */
  readonly mostReplicas?: number;
  /** When the floor was reached, in epoch seconds. */
  readonly arrivedAt?: number;
  /** Of the looks since the replicas should serve: how many saw the SLO violated, and how many saw it at all. */
  readonly violated: number;
  readonly looks: number;
  /** Looks at its replicas since they should serve. */
  readonly dueLooks: number;
  /** The most replicas that what was measured kept fully busy. */
  readonly mostNeed?: number;
}

export type WatchVerdict =
  | { readonly kind: 'watching' }
  | { readonly kind: 'rollBack'; readonly code: string; readonly text: string }
  | { readonly kind: 'over'; readonly outcome: string; readonly text: string };

/** The SLO counts as worsened where it was violated at so many looks in a row that this many were seen. */
export const LEAST_VIOLATED = 3;
/** So many looks it takes to say that no replica came: a clock that jumps is not time that passed. */
const LEAST_DUE_LOOKS = 4;

/**
 * What became of a change: still to be watched, to be rolled back, or over with an outcome in words.
 *
 * A raise is rolled back where not one more replica came in all its time, what lowered capacity where the SLO, met before,
 * is violated. A raise is never rolled back for the SLO, nor while it is violated: that would make it worse.
 */
export function watchVerdict(
  { action, dueAt, endsAt, foreseen, sloBefore = 'unknown' }: WatchRecord,
  watched: Watched,
  slo: SloState,
  nowSeconds: number
): WatchVerdict {
  const to = action.set === 'original' ? action.original : action.set;
  const isRaise = to.floor > action.before.floor;
  const lowersCapacity = to.floor < action.before.floor || (to.utilization ?? 0) > (action.before.utilization ?? 0);
  if (lowersCapacity && sloBefore !== 'violated' && watched.violated >= LEAST_VIOLATED) {
    return {
      kind: 'rollBack',
      code: 'slo-worsened',
      text: `The SLO was violated at ${String(watched.violated)} of ${String(watched.looks)} looks since`,
    };
  }
  if (nowSeconds < endsAt) {
    return { kind: 'watching' };
  }
  const { mostReplicas, arrivedAt, mostNeed, dueLooks } = watched;
  const had = action.replicas;
  if (isRaise && had !== undefined && had < to.floor && mostReplicas !== undefined && mostReplicas <= had) {
    if (dueLooks < LEAST_DUE_LOOKS) {
      return { kind: 'watching' };
    }
    if (slo === 'violated') {
      const text = `Not one replica came: ${String(mostReplicas)} of ${String(to.floor)}; it stays, as the SLO is violated`;
      return { kind: 'over', outcome: 'did-not-take', text };
    }
    return {
      kind: 'rollBack',
      code: 'did-not-take',
      text: `Not one replica came: ${String(mostReplicas)} of ${String(to.floor)}`,
    };
  }
  const arrival =
    !isRaise || had === undefined || had >= to.floor
      ? 'no replica had to come'
      : arrivedAt === undefined
        ? `only ${String(mostReplicas ?? had)} of ${String(to.floor)} replicas came`
        : arrivedAt <= dueAt
          ? 'the replicas came in time'
          : `the replicas came ${String(Math.round(arrivedAt - dueAt))} s late`;
  const load =
    mostNeed === undefined
      ? 'the load was not measured'
      : foreseen === null
        ? `the load needed ${String(mostNeed)} replicas at most`
        : `the load needed ${String(mostNeed)} replicas at most, ${String(foreseen.floor)} were foreseen`;
  const worth =
    mostNeed === undefined || !isRaise
      ? ''
      : mostNeed > action.before.floor
        ? `; the former floor of ${String(action.before.floor)} would have been short without it`
        : `; the former floor of ${String(action.before.floor)} would have been enough`;
  const isLate = isRaise && had !== undefined && had < to.floor && (arrivedAt === undefined || arrivedAt > dueAt);
  const outcome = watched.violated >= LEAST_VIOLATED ? 'slo-violated' : isLate ? 'late' : 'in-time';
  return { kind: 'over', outcome, text: `${arrival}; ${load}${worth}` };
}
