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
} as const satisfies Readonly<Record<string, ErrorEntry>>;
