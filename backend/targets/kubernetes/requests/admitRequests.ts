import { HeadroomError } from '../../../errors/index.ts';
import { REQUEST_KINDS, type RequestChange, type RequestSetting, type RequestState } from '../../../scaling/index.ts';
import { asWritten } from './requestQuantities.ts';

export type AdmittedRequests =
  | { readonly kind: 'done' }
  /** Made already, but not every replica has it. */
  | { readonly kind: 'make up'; readonly setting: RequestSetting }
  | { readonly kind: 'hold' | 'give back'; readonly setting: RequestSetting };

/** Holds a change against the law of the port before anything is written; throws as `RequestTarget` says. */
export function admitRequests(target: string, state: RequestState, change: RequestChange): AdmittedRequests {
  const refuse = (reason: string): never => {
    throw new HeadroomError('TARGET_REFUSED', { target, reason });
  };
  if (!/^[\x21-\x7e]{1,200}$/.test(change.action)) {
    refuse('the change has no id of visible ASCII without spaces');
  }
  const { mark, held, original, replicas, way } = state;
  if (mark !== undefined && change.fence < mark.fence) {
    const reason = `it was changed under fence ${String(mark.fence)}, which is above ${String(change.fence)}`;
    throw new HeadroomError('TARGET_FENCED', { target, reason });
  }
  if (mark?.action === change.action) {
    return replicas.behind === 0 || held === undefined ? { kind: 'done' } : { kind: 'make up', setting: held };
  }
  if (change.set === 'original' && !state.isHeld) {
    return { kind: 'done' };
  }
  if (change.expectedVersion !== undefined && change.expectedVersion !== state.version) {
    const reason = `its version is ${state.version}, not ${change.expectedVersion}`;
    throw new HeadroomError('TARGET_CONFLICT', { target, reason });
  }
  if (change.set === 'original') {
    return { kind: 'give back', setting: original };
  }
  if (way.kind === 'none') {
    refuse(way.reason);
  }
  for (const kind of REQUEST_KINDS) {
    const value = change.set[kind];
    const limit = state.limits[kind];
    if (value === undefined) {
      continue;
    }
    if (!Number.isFinite(value) || value <= 0) {
      refuse(`${String(value)} is no request of ${kind}`);
    }
    if (original[kind] === undefined) {
      refuse(`its owner requests nothing of ${kind}`);
    }
    if (state.left[kind] !== undefined) {
      refuse(`${kind} is left alone: ${state.left[kind]}`);
    }
    if (limit !== undefined && value > limit) {
      refuse(`a request of ${String(value)} of ${kind} is above its limit, ${String(limit)}`);
    }
  }
  return { kind: 'hold', setting: asWritten({ ...original, ...held, ...change.set }) };
}
