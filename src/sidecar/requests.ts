import type { z } from 'zod';
import {
  requestsChangedSchema,
  requestsPreviewSchema,
  requestsResponseSchema,
  type RequestsResponse,
} from '../../contract/requestViews.ts';
import { ask } from './client';
import { isAllowed } from './isAllowed';
import { PERMISSIONS } from './permissions';

/** Every replica is asked for, one after the other. */
const TIMEOUT_SECONDS = 60;

export type RequestsPreview = z.infer<typeof requestsPreviewSchema>;
export type RequestsChanged = z.infer<typeof requestsChangedSchema>;

/** How the requests of cpu and memory of a workload's replicas stand, and what is advised. */
export function readRequests(workload: string, signal: AbortSignal): Promise<RequestsResponse> {
  return ask({ path: pathOf(workload), reader: requestsResponseSchema, signal });
}

/** The exact change that setting what is advised would make; nothing is changed. By the route of whoever may change something. */
export function previewRequests(workload: string, signal: AbortSignal): Promise<RequestsPreview> {
  return ask({
    path: `${pathOf(workload)}/preview`,
    route: isAllowed(PERMISSIONS.propose) ? 'propose' : 'approve',
    method: 'POST',
    reader: requestsPreviewSchema,
    signal,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Sets what is advised, as far as it is still what was looked at. */
export function applyRequests({ workload, etag }: RequestsResponse, key: string): Promise<RequestsChanged> {
  return change(workload, 'apply', { 'If-Match': etag, 'Idempotency-Key': key });
}

/** Gives back what the owner had set. */
export function giveBackRequests(workload: string, key: string): Promise<RequestsChanged> {
  return change(workload, 'rollback', { 'Idempotency-Key': key });
}

function change(workload: string, what: string, headers: Readonly<Record<string, string>>): Promise<RequestsChanged> {
  return ask({
    path: `${pathOf(workload)}/${what}`,
    route: 'approve',
    method: 'POST',
    headers,
    reader: requestsChangedSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

function pathOf(workload: string): string {
  return `api/v1/workloads/${encodeURIComponent(workload)}/requests`;
}
