import type { Outlook } from '../../allocation/index.ts';
import type { WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Storage } from '../../storage/index.ts';

/** The first forecast of each hour stays whole, so one that is whole is at most so old. */
const WITHIN_SECONDS = 3600;

/**
 * The newest whole forecast of the day ahead that was there at an instant; throws API_PARAMETER_INVALID where none is
 * kept, or where another range or a scenario is asked for with it.
 */
export async function issuedOutlook(
  storage: Pick<Storage, 'wholeOutlooks'>,
  { config: { name } }: WorkloadView,
  issuedSeconds: number,
  asked: { readonly range?: string | undefined; readonly scenario?: string | undefined }
): Promise<Outlook> {
  const fail = (problem: string): never => {
    throw new HeadroomError('API_PARAMETER_INVALID', { name: 'issued', problem });
  };
  if ((asked.range ?? 'day') !== 'day' || asked.scenario !== undefined) {
    fail('goes with the range day only, and with no scenario');
  }
  const kept = await storage.wholeOutlooks(name, issuedSeconds - WITHIN_SECONDS, issuedSeconds);
  return kept.at(-1) ?? fail('must be an instant whose forecast is kept whole: those of the last horizon are');
}
