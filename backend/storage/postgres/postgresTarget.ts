import pg from 'pg';
import { HeadroomError } from '../../errors/index.ts';

/** Where the tables lie, when the URL names no search_path. */
const DEFAULT_SCHEMA = 'headroom';

/** What a URL of PostgreSQL names, read once. */
export interface PostgresTarget {
  readonly url: string;
  /** For errors: scheme, host, port and database, without user and password. */
  readonly name: string;
  /** First of the URL's search_path, else `headroom`. */
  readonly schema: string;
  /** What must not stand in an error: the password, where it is long enough to be recognised. */
  readonly secrets: readonly string[];
}

/** Reads a URL; throws STORAGE_REFUSED for one that node-postgres cannot read, without repeating it. */
export function postgresTarget(url: string): PostgresTarget {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url });
  } catch (error) {
    // Its own error quotes the URL, password included; that of a file names the file.
    const isOfFile = error instanceof Error && 'syscall' in error;
    const reason = isOfFile ? `a file that it names cannot be read: ${error.message}` : 'it is no URL of PostgreSQL';
    throw new HeadroomError('STORAGE_REFUSED', { file: 'HEADROOM_DATABASE_URL', reason });
  }
  const { host, port, user, password } = client;
  const shown = host.startsWith('/') ? encodeURIComponent(host) : /^[^[]*:/.test(host) ? `[${host}]` : host;
  return {
    url,
    name: `postgresql://${shown}:${port}/${client.database ?? ''}`,
    schema: searchPath(url) ?? DEFAULT_SCHEMA,
    secrets: [...(user ? [`"${user}"`] : []), ...(password && password.length >= 4 ? [password] : [])],
  };
}

/** `options=-c search_path=team_a,public` names `team_a`. */
function searchPath(url: string): string | undefined {
  const options = new URLSearchParams(url.split('?').slice(1).join('?')).get('options') ?? '';
  const [, quoted, plain] = /(?:-c\s*|--)search_path=(?:"([^"]+)"|([^\s,]+))/.exec(options) ?? [];
  // PostgreSQL folds names without quotes.
  return quoted ?? plain?.toLowerCase();
}
