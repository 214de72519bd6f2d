import { HeadroomError, type ErrorCode } from '../../errors/index.ts';

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  5: 'STORAGE_BUSY',
  6: 'STORAGE_BUSY',
  8: 'STORAGE_READ_ONLY',
  11: 'STORAGE_CORRUPT',
  13: 'STORAGE_FULL',
  14: 'STORAGE_UNOPENABLE',
  26: 'STORAGE_FOREIGN',
};

/** What SQLite or the file system threw, as a coded error that names the file; coded errors go on as they are. */
export function storageError(error: unknown, file: string): HeadroomError {
  if (error instanceof HeadroomError) {
    return error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new HeadroomError(codeOf(error), { file, reason }, { cause: error });
}

function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) {
    return 'STORAGE_FAILED';
  }
  if ('errcode' in error && typeof error.errcode === 'number') {
    // The upper bits refine the primary code.
    return CODES[error.errcode & 0xff] ?? 'STORAGE_FAILED';
  }
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return 'STORAGE_FULL';
  }
  if (code === 'EROFS') {
    return 'STORAGE_READ_ONLY';
  }
  return typeof code === 'string' && code.startsWith('E') && 'syscall' in error
    ? 'STORAGE_UNOPENABLE'
    : 'STORAGE_FAILED';
}
