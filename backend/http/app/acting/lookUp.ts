import type { Recommendation } from '../../../../contract/index.ts';
import type { WorkloadView } from '../../../control/index.ts';
import { HeadroomError } from '../../../errors/index.ts';
import type { ActingRouteDeps } from './actingRouteDeps.ts';

/** A workload that there is; throws API_NOT_FOUND. */
export function workloadNamed({ fleet }: Pick<ActingRouteDeps, 'fleet'>, name: string): WorkloadView {
  const view = fleet.workload(name);
  if (view === undefined) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
  }
  return view;
}

/** A recommendation that there is; throws API_NOT_FOUND. */
export async function recommendationOf(
  { storage }: Pick<ActingRouteDeps, 'storage'>,
  id: string
): Promise<Recommendation> {
  const found = await storage.recommendation(id);
  if (found === undefined) {
    throw new HeadroomError('API_NOT_FOUND', { kind: 'recommendation', name: id, list: '/api/v1/recommendations' });
  }
  return found;
}

/** Throws ACTING_NOT_OPEN for a recommendation that is answered already or over. */
export function requireOpen({ id, state, expiresAt }: Recommendation, what: string, nowSeconds: number): void {
  const isOpen = state === 'proposed' || state === 'snoozed';
  if (!isOpen || expiresAt <= nowSeconds) {
    throw new HeadroomError('ACTING_NOT_OPEN', { id, state: isOpen ? 'expired' : state, what });
  }
}
