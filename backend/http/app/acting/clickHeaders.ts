import { HeadroomError } from '../../../errors/index.ts';
import type { Headers } from '../apiRoute.ts';

export const MAX_KEY_LENGTH = 200;

/** The key of a person's click; throws ACTING_PRECONDITION_MISSING, API_PARAMETER_INVALID. */
export function keyOf(headers: Headers): string {
  const key = requiredHeader(headers, 'Idempotency-Key');
  if (key.length > MAX_KEY_LENGTH) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'Idempotency-Key',
      problem: `must be at most ${String(MAX_KEY_LENGTH)} characters`,
    });
  }
  return key;
}

/** A header without which nothing is done; throws ACTING_PRECONDITION_MISSING. */
export function requiredHeader(headers: Headers, name: string): string {
  const value = headers[name.toLowerCase()];
  const first = typeof value === 'string' ? value : value?.[0];
  if (first === undefined || first === '') {
    throw new HeadroomError('ACTING_PRECONDITION_MISSING', { missing: name });
  }
  return first;
}
