import type { Decision } from '../../../../contract/index.ts';
import type { Caller } from '../../caller.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';

/** Records what a person decided that touches no target. */
export async function recordBy(
  { storage, fleet, createId, onRecorded }: ActingRouteDeps,
  { name }: Caller,
  entry: Pick<Decision, 'what' | 'workload' | 'why' | 'before' | 'after'>
): Promise<Decision> {
  const decision = await storage.appendDecision({
    id: createId(),
    at: fleet.nowSeconds(),
    who: name,
    outcome: 'done',
    ...entry,
  });
  onRecorded(decision);
  return decision;
}
