import type { RequestTarget } from '../../scaling/index.ts';
import type { Release, ReleaseOptions } from './releaseTarget.ts';

/** Gives the requests of a workload's replicas back as their owner set them, where Headroom holds them; errors as of `RequestTarget`. */
export async function releaseRequests(
  target: RequestTarget,
  { action, signal }: Pick<ReleaseOptions, 'action' | 'signal'>
): Promise<Release> {
  const { name } = target;
  const state = await target.read(signal);
  if (!state.isHeld) {
    return { target: name, outcome: 'kept', reason: 'Headroom holds nothing there' };
  }
  const { mark, version, held = state.setting, original } = state;
  const fence = mark?.fence ?? 0;
  await target.apply({ action, fence, set: 'original', expectedVersion: version, reason: 'released by hand' }, signal);
  return { target: name, outcome: 'released', from: held, to: original };
}
