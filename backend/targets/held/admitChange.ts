import { HeadroomError } from '../../errors/index.ts';
import type { ScaleTarget, TargetChange, TargetSetting, TargetState } from '../../scaling/index.ts';

/** An HPA counts in shares of the request, of which more can be used. */
const MOST_UTILIZATION = 2;

/** `done`: nothing is to do; otherwise what is to be held, or given back, in full. */
export type Admitted =
  | { readonly kind: 'done' }
  | { readonly kind: 'hold' | 'give back'; readonly setting: TargetSetting; readonly original: TargetSetting };

/**
 * Holds a change against the law of the port (`ScaleTarget`) before anything is written.
 *
 * Throws TARGET_FENCED, TARGET_CONFLICT and TARGET_REFUSED.
 */
export function admitChange(
  { name, ability }: Pick<ScaleTarget, 'name' | 'ability'>,
  state: TargetState,
  change: TargetChange
): Admitted {
  const { mark, original } = state;
  if (!/^[\x21-\x7e]{1,200}$/.test(change.action) || !isInstant(change.holdUntilSeconds)) {
    const reason = 'the change has no id of visible ASCII without spaces, or no instant that it holds until';
    throw new HeadroomError('TARGET_REFUSED', { target: name, reason });
  }
  if (mark?.action === change.action) {
    return { kind: 'done' };
  }
  if (mark !== undefined && change.fence < mark.fence) {
    const reason = `it was changed under fence ${mark.fence}, which is above ${change.fence}`;
    throw new HeadroomError('TARGET_FENCED', { target: name, reason });
  }
  if (change.set === 'original' && !state.isHeld) {
    return { kind: 'done' };
  }
  if (change.expectedVersion !== undefined && change.expectedVersion !== state.version) {
    const reason = `its version is ${state.version ?? 'not known'}, not ${change.expectedVersion}`;
    throw new HeadroomError('TARGET_CONFLICT', { target: name, reason });
  }
  if (change.set === 'original') {
    return { kind: 'give back', setting: original, original };
  }
  const reason = refusal(change.set, state, ability.tunesUtilization);
  if (reason !== undefined) {
    throw new HeadroomError('TARGET_REFUSED', { target: name, reason });
  }
  return { kind: 'hold', setting: { ...original, ...change.set }, original };
}

/** What a Date can hold. */
function isInstant(seconds: number): boolean {
  return Math.abs(seconds) <= 8.64e12;
}

function refusal(
  { floor, utilization }: TargetSetting,
  { original, ceiling, isSoleOwner }: TargetState,
  tunes: boolean
): string | undefined {
  if (!Number.isSafeInteger(floor) || floor < 0) {
    return `a floor of ${floor} is no number of replicas`;
  }
  if (floor < original.floor && !isSoleOwner) {
    return `a floor of ${floor} is below that of its owner, ${original.floor}`;
  }
  if (ceiling !== undefined && floor > ceiling) {
    return `a floor of ${floor} is above its ceiling, ${ceiling}`;
  }
  if (utilization === undefined) {
    return undefined;
  }
  if (!tunes || original.utilization === undefined) {
    return 'it has no utilisation to set';
  }
  return utilization > 0 && utilization <= MOST_UTILIZATION
    ? undefined
    : `a utilisation of ${utilization} is not above 0 and up to ${MOST_UTILIZATION}`;
}
