import { HeadroomError, type ErrorCode } from '../../errors/index.ts';
import type { Exchange } from './exchange.ts';

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'TARGET_REFUSED',
  401: 'TARGET_FORBIDDEN',
  403: 'TARGET_FORBIDDEN',
  404: 'TARGET_GONE',
  409: 'TARGET_CONFLICT',
  410: 'TARGET_GONE',
  422: 'TARGET_REFUSED',
  429: 'TARGET_THROTTLED',
};

/** The coded error that an answer other than 2xx is; `reason` is the server's own words, fit to be shown. */
export function statusError(target: string, { status, headers }: Exchange, reason: string): HeadroomError {
  const code = CODES[status] ?? 'TARGET_FAILED';
  const after = headers['retry-after'];
  const wait = code === 'TARGET_THROTTLED' && typeof after === 'string' ? `, again after ${after} s` : '';
  return new HeadroomError(code, { target, reason: `HTTP ${status}${reason === '' ? '' : `: ${reason}`}${wait}` });
}
