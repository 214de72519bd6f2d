import { HeadroomError, type ErrorDetails } from './headroomError.ts';
import type { ErrorCode } from './table.ts';

/** An error as it travels between threads: plain data. */
export type ThreadError =
  | { readonly code: ErrorCode; readonly details: ErrorDetails }
  | { readonly name: string; readonly message: string; readonly stack?: string };

const OWN_CLASSES: ReadonlyMap<string, new (message: string) => Error> = new Map([
  ['TypeError', TypeError],
  ['RangeError', RangeError],
]);

/** What was thrown in a thread, to be sent to another. */
export function toThreadError(error: unknown): ThreadError {
  if (error instanceof HeadroomError) {
    return { code: error.code, details: error.details };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) }
    : { name: 'Error', message: String(error) };
}

/** The error that was sent: a coded one has its code, any other its class, message and stack. */
export function fromThreadError(sent: ThreadError): Error {
  if ('code' in sent) {
    return new HeadroomError(sent.code, sent.details);
  }
  const error = new (OWN_CLASSES.get(sent.name) ?? Error)(sent.message);
  if (sent.stack !== undefined) {
    error.stack = sent.stack;
  }
  return error;
}
