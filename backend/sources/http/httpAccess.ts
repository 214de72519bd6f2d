import type { SourceEntry } from '../../../contract/index.ts';

/** The part of a source entry that says how it is reached over HTTP. */
export type HttpAccess = Omit<Extract<SourceEntry, { type: 'prometheus' }>, 'type'>;
