import type { Expected } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Headers } from './apiRoute.ts';

/** What a request expects to find; throws API_PARAMETER_INVALID for an ETag that none of ours can be. */
export function expectedBy(headers: Headers): Expected {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new HeadroomError('API_PARAMETER_INVALID', { name: 'If-None-Match', problem: 'must be *' });
  }
  if (ifMatch === undefined) {
    return { isNew: ifNoneMatch === '*' };
  }
  const version = /^"?(\d{1,9})"?$/.exec(String(ifMatch))?.[1];
  if (version === undefined) {
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'If-Match',
      problem: `must be the ETag of what was read, such as "2", not ${String(ifMatch)}`,
    });
  }
  return { version: Number(version) };
}
