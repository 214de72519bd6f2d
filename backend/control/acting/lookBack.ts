import type { Reason } from '../../../contract/index.ts';
import type { TargetState } from '../../scaling/index.ts';
import type { WorkloadView } from '../fleetView.ts';
import { HEADROOM, type ActorDeps } from './actorDeps.ts';
import { checkOf } from './checkOf.ts';
import type { Hands } from './hands.ts';
import { objectionText } from './objectionTo.ts';
import { settingOf } from './seenTarget.ts';
import { formerSetting } from './settingsOf.ts';

/** A way back that could not be made is tried again for so long. */
const ROLL_BACK_SECONDS = 900;

/** Looks at the change that is watched; true where it was rolled back now. */
export async function lookBack(
  hands: Hands,
  deps: ActorDeps,
  { view, state, now }: { readonly view: WorkloadView; readonly state: TargetState; readonly now: number },
  signal: AbortSignal
): Promise<boolean> {
  const { watch, backOff } = hands;
  const verdict = await watch.look(view, state, now);
  if (verdict === undefined) {
    return false;
  }
  const { action, at, code, text } = verdict;
  const set = formerSetting(settingOf(action.before), state, view.config.scaling);
  const stood = action.set === 'original' ? action.original : action.set;
  const isStill = state.conflicts.length === 0 && state.setting.floor === stood.floor;
  if (
    !isStill ||
    Math.abs(now - at) > ROLL_BACK_SECONDS ||
    objectionText(set, state, checkOf(hands, deps)) !== undefined
  ) {
    await watch.end();
    return false;
  }
  if (backOff.untilSeconds(now) !== undefined) {
    return false;
  }
  await hands.setApproval(undefined);
  const reasons: Reason[] = [{ code, text }];
  const id = hands.idOf('rollback', state);
  await hands.act({ id, who: HEADROOM, kind: 'rollback', set, reasons }, state, signal);
  hands.restAfterRollback();
  return true;
}
