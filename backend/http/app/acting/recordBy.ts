import type { Decision } from '../../../../contract/index.ts';
import type { Caller } from '../../caller.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';

/** Records what a person decided that touches no target. */
export function recordBy(
  { storage, fleet, createId }: Pick<ActingRouteDeps, 'storage' | 'fleet' | 'createId'>,
  { name }: Caller,
  entry: Pick<Decision, 'what' | 'workload' | 'why' | 'before' | 'after'>
): Promise<Decision> {
  return storage.appendDecision({ id: createId(), at: fleet.nowSeconds(), who: name, outcome: 'done', ...entry });
}
