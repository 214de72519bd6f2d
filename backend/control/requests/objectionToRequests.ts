import type { Mode, Reason } from '../../../contract/index.ts';
import {
  frozen,
  REQUEST_KINDS,
  requestObjection,
  type RequestSetting,
  type RequestSituation,
  type RequestState,
} from '../../scaling/index.ts';
import { HEADROOM } from '../acting/actorDeps.ts';
import { REQUESTS, ROLLED_BACK, type RequestRecord } from './requestRecord.ts';

export const NO_PAUSE = { out: false, in: false, reason: '' };

/** Why requests must not be set so now; undefined where they may. */
export function objectionToRequests(
  set: RequestSetting | 'original',
  state: RequestState,
  situation: RequestSituation
): Reason | undefined {
  const to = set === 'original' ? state.original : set;
  const now = state.held ?? state.setting;
  for (const kind of REQUEST_KINDS) {
    const [from, value] = [now[kind], to[kind]];
    if (from === undefined || value === undefined || from === value) {
      continue;
    }
    const used = situation.used[kind];
    const isMeasured = used !== undefined;
    const found = requestObjection({ ...situation, isMeasured }, kind, value > from ? 'out' : 'in');
    if (found !== undefined) {
      return found;
    }
    if (value > from) {
      continue;
    }
    const freeze = frozen(situation.policy.freezes, situation.nowSeconds, 'in');
    if (freeze !== undefined) {
      return { code: 'frozen', text: `The request of ${kind} is not lowered: ${freeze.name} freezes it` };
    }
    if (isMeasured && value < used) {
      return { code: 'in-use', text: `The request of ${kind} is not lowered: more than that is used now` };
    }
  }
  return undefined;
}

/** Why what was begun is not made any more; what Headroom began by itself only where the mode still lets it. */
export function objectionToOpen(
  { what, who, set }: RequestRecord,
  state: RequestState,
  situation: RequestSituation,
  mode: Mode
): string | undefined {
  if (what === REQUESTS && (mode === 'observe' || (mode === 'approve' && who === HEADROOM))) {
    return `the mode is ${mode} now`;
  }
  const isAskedFor = what === ROLLED_BACK && mode === 'observe';
  return objectionToRequests(set, state, isAskedFor ? { ...situation, pause: NO_PAUSE } : situation)?.text;
}
