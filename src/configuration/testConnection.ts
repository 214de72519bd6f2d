import { z } from 'zod';
import { statusSchema, type Status } from '../../contract/api.ts';
import { ask } from '../sidecar/client';
import { SidecarError, type Failure } from '../sidecar/failure';

/** What a test of the connection found. */
export type ConnectionResult =
  | { readonly kind: 'connected'; readonly status: Status }
  | { readonly kind: 'notReady'; readonly status: Status; readonly reasons: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

const readinessSchema = z.object({ status: z.string(), reasons: z.array(z.string()) });
const NOT_READY = 503;

/** Asks the sidecar whether it is ready, and with the token what it is. */
export async function testConnection(signal?: AbortSignal): Promise<ConnectionResult> {
  try {
    const readiness = await ask({ path: 'readyz', reader: readinessSchema, acceptStatus: NOT_READY, signal });
    const status = await ask({ path: 'api/v1/status', reader: statusSchema, signal });
    return readiness.status === 'ready'
      ? { kind: 'connected', status }
      : { kind: 'notReady', status, reasons: readiness.reasons };
  } catch (thrown) {
    if (thrown instanceof SidecarError) {
      return { kind: 'failed', failure: thrown.failure };
    }
    throw thrown;
  }
}
