import {
  answeredResponseSchema,
  approvalsResponseSchema,
  previewResponseSchema,
  type PreviewResponse,
} from '../../contract/acting.ts';
import type { z } from 'zod';
import { ask } from './client';
import { isAllowed } from './isAllowed';
import { PERMISSIONS } from './permissions';

/** A target may take its time, and several are asked one after the other. */
const TIMEOUT_SECONDS = 60;

/** What became of an answer: the recommendation as it stands now, and what the audit has of it. */
export type Answered = z.infer<typeof answeredResponseSchema>;
export type Approvals = z.infer<typeof approvalsResponseSchema>;

/** A recommendation that was looked at, by its version. */
export interface Seen {
  readonly id: string;
  readonly etag: string;
}

/** The exact change that approving would make; nothing is changed. By the route of whoever may change something. */
export function previewChange(id: string, signal: AbortSignal): Promise<PreviewResponse> {
  return ask({
    path: pathOf(id, 'preview'),
    route: isAllowed(PERMISSIONS.propose) ? 'propose' : 'approve',
    method: 'POST',
    reader: previewResponseSchema,
    signal,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Carries it out, as far as it still says what was looked at. */
export function approve({ id, etag }: Seen, key: string): Promise<Answered> {
  return ask({
    path: pathOf(id, 'approve'),
    route: 'approve',
    method: 'POST',
    headers: { 'If-Match': etag, 'Idempotency-Key': key },
    reader: answeredResponseSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Carries out many, each by itself. */
export function approveMany(seen: readonly Seen[], key: string): Promise<Approvals> {
  return ask({
    path: 'api/v1/recommendations/approve',
    route: 'approve',
    method: 'POST',
    body: seen.map(({ id, etag }) => ({ id, etag, key: `${key}-${id}` })),
    reader: approvalsResponseSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Puts back what stood before it was carried out. */
export function rollBack(id: string, key: string): Promise<Answered> {
  return ask({
    path: pathOf(id, 'rollback'),
    route: 'approve',
    method: 'POST',
    headers: { 'Idempotency-Key': key },
    reader: answeredResponseSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Says no: the same advice is not given again before it expires. */
export function dismiss(id: string, reason: string): Promise<Answered> {
  return ask({
    path: pathOf(id, 'dismiss'),
    route: 'propose',
    method: 'POST',
    body: { reason },
    reader: answeredResponseSchema,
  });
}

/** Says later; `until` in epoch seconds, at most seven days ahead. */
export function snooze(id: string, until: number): Promise<Answered> {
  return ask({
    path: pathOf(id, 'snooze'),
    route: 'propose',
    method: 'POST',
    body: { until },
    reader: answeredResponseSchema,
  });
}

function pathOf(id: string, answer: string): string {
  return `api/v1/recommendations/${encodeURIComponent(id)}/${answer}`;
}
