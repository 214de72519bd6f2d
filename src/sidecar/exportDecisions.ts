import { z } from 'zod';
import { ask } from './client';

const TIMEOUT_SECONDS = 120;

/** The chain of decisions, oldest first, one a line, as `headroom audit verify` checks it. */
export function exportDecisions(): Promise<string> {
  return ask({
    path: 'api/v1/decisions/export',
    reader: z.string(),
    responseType: 'text',
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
