import type { Job } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';

/** Why a job failed, as its API tells it: a coded error as it is, any other as INTERNAL. */
export function problemOfJob(error: unknown, id: string): NonNullable<Job['problem']> {
  const coded = error instanceof HeadroomError ? error : new HeadroomError('INTERNAL', { requestId: id });
  return { code: coded.code, detail: coded.message, action: coded.action };
}
