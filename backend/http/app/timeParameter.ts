import { z } from 'zod';

const MAX_SECONDS = 8.64e12;

/** An instant in a query: epoch seconds, or ISO 8601 with a zone; in epoch seconds. */
export const timeParameter = z
  .string()
  .transform((text, context) => {
    const seconds = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
    if (!Number.isFinite(seconds) || Math.abs(seconds) > MAX_SECONDS) {
      context.addIssue({ code: 'custom', message: 'must be epoch seconds or an ISO 8601 instant' });
      return z.NEVER;
    }
    return seconds;
  })
  .meta({ description: 'Epoch seconds, or ISO 8601 with a zone' });
