import type { ErrorEntry } from '../errorEntry.ts';

export const storageErrors = {
  STORAGE_UNOPENABLE: {
    status: 500,
    message: '{file}: cannot be opened: {reason}',
    action: 'Check the path and its permissions, or set HEADROOM_DATA_DIR to a folder that can be written',
  },
  STORAGE_UNREACHABLE: {
    status: 503,
    message: '{file}: cannot be reached: {reason}',
    action: 'See that PostgreSQL runs at the host and port of HEADROOM_DATABASE_URL; Headroom reconnects by itself',
  },
  STORAGE_REFUSED: {
    status: 503,
    message: '{file}: does not let Headroom in: {reason}',
    action: 'Check user, password and database in HEADROOM_DATABASE_URL, and the rights of that user',
  },
  STORAGE_FOREIGN: {
    status: 500,
    message: '{file}: is not a Headroom database: {reason}',
    action:
      'Set HEADROOM_DATA_DIR to another folder (HEADROOM_DATABASE_URL to another schema), or move the file away; Headroom leaves it as it is',
  },
  STORAGE_NOT_EMPTY: {
    status: 409,
    message: '{file}: it keeps something already, in its table {table}',
    action: 'Copy into a schema of its own (?options=-c%20search_path%3DNAME), or drop the one that is not needed',
  },
  STORAGE_IN_USE: {
    status: 409,
    message: '{file}: a Headroom that runs on it holds its lease until {until}',
    action: 'Stop that Headroom; where it was killed, wait until then',
  },
  STORAGE_CORRUPT: {
    status: 500,
    message: '{file}: the database is damaged: {reason}',
    action:
      'Stop Headroom and restore the file from a backup, or move it away to begin anew; Headroom leaves it as it is',
  },
  STORAGE_SCHEMA_NEWER: {
    status: 500,
    message: '{file}: was written by a newer Headroom (schema {found}; this one knows up to {known})',
    action: 'Start that newer Headroom, or restore the backup from before the upgrade',
  },
  STORAGE_READ_ONLY: {
    status: 503,
    message: '{file}: cannot be written: {reason}',
    action:
      'Make the file, its folder and its volume writable, or name the primary; reads go on, new forecasts and decisions are not kept',
  },
  STORAGE_FULL: {
    status: 507,
    message: '{file}: there is no room left: {reason}',
    action: 'Free space on its volume; reads go on, new forecasts and decisions are not kept',
  },
  STORAGE_BUSY: {
    status: 503,
    message: '{file}: others have held it locked for too long',
    action: 'Find what else uses it; on SQLite a second Headroom needs a HEADROOM_DATA_DIR of its own',
  },
  STORAGE_RECORD_INVALID: {
    status: 500,
    message: '{file}: {record} cannot be read: {reason}',
    action: 'Report it; all other records can be read',
  },
  STORAGE_FAILED: {
    status: 500,
    message: '{file}: the database failed: {reason}',
    action: 'Look at its volume or the log of its server, and report it if those are sound',
  },
  STORAGE_CLOSED: {
    status: 503,
    message: '{file}: is closed',
    action: 'Ask again once Headroom has started',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
