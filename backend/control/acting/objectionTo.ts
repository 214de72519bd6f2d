import { HeadroomError } from '../../errors/index.ts';
import {
  frozen,
  type FreezeWindow,
  type MeasuredNeed,
  type Pause,
  type TargetSetting,
  type TargetState,
} from '../../scaling/index.ts';
import { wordsOf } from './wordsOf.ts';

/** All that a person's click, or a way back, is held against. */
export interface ChangeCheck {
  readonly workload: string;
  readonly nowSeconds: number;
  readonly isObserved: boolean;
  readonly pause: Pause;
  readonly freezes: readonly FreezeWindow[];
  readonly measured: MeasuredNeed;
  readonly isSloViolated: boolean;
}

/**
 * Why a change must not be made now; undefined where it may: nothing in mode observe, nothing that is paused here or at the
 * target, nothing lowered in a freeze, on missing data or while the SLO is violated.
 */
export function objectionTo(
  set: Pick<TargetSetting, 'floor'> | 'original',
  state: TargetState,
  check: ChangeCheck
): HeadroomError | undefined {
  const { workload, isObserved, pause } = check;
  if (isObserved) {
    return new HeadroomError('ACTING_OBSERVES', { workload });
  }
  const to = set === 'original' ? state.original : set;
  const direction = to.floor < state.setting.floor ? 'in' : 'out';
  for (const each of [pause, state.paused]) {
    if (each?.[direction] === true) {
      return new HeadroomError('ACTING_PAUSED', { workload, direction, reason: each.reason });
    }
  }
  const reason = direction === 'in' ? lowerObjection(check) : undefined;
  return reason === undefined ? undefined : new HeadroomError('ACTING_HELD', { workload, reason });
}

function lowerObjection({ nowSeconds, freezes, measured, isSloViolated }: ChangeCheck): string | undefined {
  if (isSloViolated) {
    return 'the SLO is violated now: it is not lowered';
  }
  if (measured.kind === 'missing') {
    return `${measured.reason}: it is not lowered`;
  }
  const freeze = frozen(freezes, nowSeconds, 'in');
  return freeze === undefined ? undefined : `${freeze.name} freezes it: it is not lowered`;
}

/** The same in words. */
export function objectionText(...asked: Parameters<typeof objectionTo>): string | undefined {
  const objection = objectionTo(...asked);
  return objection === undefined ? undefined : wordsOf(objection);
}
