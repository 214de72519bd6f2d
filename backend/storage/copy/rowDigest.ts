import { createHash } from 'node:crypto';
import type { CopiedTable } from './copiedTables.ts';

/** What tables hold, row by row in order: equal where nothing differs. */
export interface RowDigest {
  add(row: Readonly<Record<string, unknown>>): void;
  hex(): string;
}

export function rowDigest({ columns }: Pick<CopiedTable, 'columns'>): RowDigest {
  const hash = createHash('sha256');
  return {
    add(row) {
      for (const column of columns) {
        const value = row[column];
        const bytes = value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value ?? null));
        hash.update(`${String(bytes.length)}:`).update(bytes);
      }
    },
    hex: () => hash.digest('hex'),
  };
}
