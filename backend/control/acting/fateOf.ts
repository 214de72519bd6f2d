import type { TargetState } from '../../scaling/index.ts';
import type { ActionRecord } from './actionRecord.ts';

const UNTUNED = '-untuned';

/** The mark of a utilisation target that went back without a record, of the action before it or of its own. */
export function untunedMark(id: string): string {
  return `${id}${UNTUNED}`;
}

export function isUntunedMark(id: string): boolean {
  return id.endsWith(UNTUNED);
}

/** What became of an action at its target: a change and its mark are there together or not at all. */
export function fateOf(
  { id, set }: ActionRecord,
  { isHeld, mark, setting }: TargetState
): 'stands' | 'set back' | 'not made' {
  if (set === 'original') {
    return isHeld ? 'not made' : 'stands';
  }
  if (mark?.action === untunedMark(id)) {
    return setting.floor === set.floor ? 'stands' : 'set back';
  }
  if (mark?.action !== id) {
    return 'not made';
  }
  return setting.floor === set.floor && (set.utilization === undefined || setting.utilization === set.utilization)
    ? 'stands'
    : 'set back';
}

/** Why what was made does not stand. */
export function setBack({ set }: ActionRecord, { setting }: TargetState): Error {
  const floor = set === 'original' ? '' : ` of ${String(set.floor)}`;
  return new Error(`it was made, but somebody else set the floor${floor} to ${String(setting.floor)} since`);
}
