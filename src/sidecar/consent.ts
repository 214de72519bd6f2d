import { pausesResponseSchema, scalingResponseSchema, type ScalingResponse } from '../../contract/acting.ts';
import type { Mode } from '../../contract/api.ts';
import type { z } from 'zod';
import { ask } from './client';

export type Pauses = z.infer<typeof pausesResponseSchema>;
export type PauseDirection = 'out' | 'in' | 'both';

/** `all`, or the name of a workload. */
export interface PauseScope {
  readonly scope: string;
  readonly direction: PauseDirection;
}

/** How far Headroom may go with a workload. */
export function setMode(workload: string, mode: Mode): Promise<ScalingResponse> {
  return ask({
    path: `api/v1/workloads/${encodeURIComponent(workload)}/mode`,
    route: 'scale',
    method: 'PUT',
    body: { mode },
    reader: scalingResponseSchema,
  });
}

/** Stops scaling in a direction; in both, what is held goes back to its owner. */
export function pause({ scope, direction }: PauseScope, reason: string): Promise<Pauses> {
  return ask({
    path: 'api/v1/pause',
    route: 'propose',
    method: 'PUT',
    body: { scope, direction, reason },
    reader: pausesResponseSchema,
  });
}

/** Takes a pause back. */
export function resume({ scope, direction }: PauseScope): Promise<Pauses> {
  return ask({
    path: 'api/v1/pause',
    route: 'scale',
    method: 'DELETE',
    params: { scope, direction },
    reader: pausesResponseSchema,
  });
}
