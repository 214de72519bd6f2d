import type { WorkloadEntry } from '../../contract/index.ts';

/** The declared fields whose engine does not exist yet and of which nothing else is said, in the order of the file. */
export function fieldsWithoutEffect({ account, calendar, capacity, slo }: WorkloadEntry): string[] {
  const declared: ReadonlyArray<readonly [string, boolean]> = [
    ['account.timeZone (but for features)', account?.timeZone !== undefined],
    ['calendar (but for features and the planning range)', calendar !== undefined],
    ['slo', slo !== undefined && slo.serviceSeconds === undefined && capacity?.perReplica !== 'auto'],
  ];
  return declared.filter(([, isDeclared]) => isDeclared).map(([field]) => field);
}
