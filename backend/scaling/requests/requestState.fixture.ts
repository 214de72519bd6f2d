import type { RequestState } from './requestTarget.ts';

/** Three replicas that request one core each, as their owner set it, and can be resized; but for what is given. */
export function requestState(given: Partial<RequestState> = {}): RequestState {
  return {
    setting: { cpu: 1 },
    original: { cpu: 1 },
    isHeld: false,
    limits: {},
    replicas: { total: 3, behind: 0, refused: [] },
    way: { kind: 'resize' },
    left: {},
    version: '1',
    conflicts: [],
    ...given,
  };
}
