import type { RequestsResponse } from '../../contract/requestViews.ts';
import { spoken } from '../sentences/spoken';
import { t } from '../translations';

/** Why what is advised cannot be set whoever asks; null where it can. */
export function requestsBlock({ target, mode, state, decision }: RequestsResponse): string | null {
  if (target === null) {
    return t('requests.undeclared', 'It is only advised: scaling.requests of the workload says whose requests to set');
  }
  if (state === null) {
    return t('requests.unread', 'The target could not be read yet');
  }
  if (state.way !== 'resize' && state.way !== 'rollout') {
    return spoken(state.way);
  }
  if (mode === 'observe') {
    return t('requests.observes', 'Its mode is observe: nothing is changed');
  }
  return decision?.kind === 'change' || decision === null
    ? null
    : t('requests.nothing', 'Nothing is to be changed now: the reasons are below');
}
