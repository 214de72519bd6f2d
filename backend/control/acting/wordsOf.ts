import { HeadroomError } from '../../errors/index.ts';

/** What went wrong, with its code where it has one. */
export function wordsOf(error: unknown): string {
  return error instanceof HeadroomError
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error);
}
