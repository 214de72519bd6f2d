import type { ErrorEntry } from '../errorEntry.ts';

export const inputErrors = {
  USAGE: { status: 400, message: '{problem}', action: 'See `npx headroom {command} --help`' },
  FILE_NOT_FOUND: { status: 400, message: '{file}: there is no such file', action: 'Check the path' },
  FILE_UNREADABLE: {
    status: 400,
    message: '{file}: cannot be read: {reason}',
    action: 'Check the file and its permissions',
  },
  FILE_UNWRITABLE: { status: 400, message: '{file}: cannot be written: {reason}', action: 'Choose another path' },
  CSV_INVALID: {
    status: 400,
    message: '{file}:{line}: column {column}: {problem}',
    action: 'Correct the line; `docs/csv.md` says what a file looks like',
  },
  CSV_COLUMN_UNKNOWN: { status: 400, message: '{file}: there is no column {column}', action: 'Use one of {known}' },
  AUDIT_LINE_INVALID: {
    status: 400,
    message: '{file}:{line}: is no line of JSON',
    action: 'Export it again with GET /api/v1/decisions/export; a file that ends early shows like this',
  },
  AUDIT_CHAIN_BROKEN: {
    status: 500,
    message: '{file}:{line}: the chain of decisions is broken: decision {seq} {problem}',
    action: 'Keep the file as it is; compare it with an earlier export, and find who may write to the database',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
