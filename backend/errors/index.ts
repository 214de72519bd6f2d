/** One table of coded errors and one class. */
export type { ErrorEntry } from './errorEntry.ts';
export { errorTitle } from './errorTitle.ts';
export { HeadroomError, type ErrorDetails } from './headroomError.ts';
export { fromThreadError, toThreadError, type ThreadError } from './threadError.ts';
export { ERROR_TABLE, type ErrorCode } from './table.ts';
