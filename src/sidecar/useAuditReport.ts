import { auditReportSchema, type AuditReport } from '../../contract/api.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

/** The whole chain is read for it. */
const TIMEOUT_SECONDS = 120;

/** Whether every decision that is kept is as it was recorded, checked once. */
export function useAuditReport(): Polled<AuditReport> {
  return useResource(
    (signal) =>
      ask({
        path: 'api/v1/decisions/verify',
        reader: auditReportSchema,
        signal,
        timeoutSeconds: TIMEOUT_SECONDS,
      }),
    { key: 'audit report' }
  );
}
