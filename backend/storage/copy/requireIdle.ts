import { HeadroomError } from '../../errors/index.ts';
import type { Database } from '../sqlite/database.ts';

/** Throws STORAGE_IN_USE while somebody holds a lease there: a sidecar that runs would go on writing to what was copied. */
export function requireIdle(source: Database, nowSeconds: number): void {
  const lease = source.read(() =>
    source.get('SELECT expires_at FROM lease WHERE holder IS NOT NULL AND expires_at > ? LIMIT 1', nowSeconds)
  );
  if (lease !== undefined) {
    const until = new Date(Number(lease['expires_at']) * 1000).toISOString();
    throw new HeadroomError('STORAGE_IN_USE', { file: source.file, until });
  }
}
