import type { ThreadError } from '../../errors/index.ts';
import type { SqliteLocation } from '../sqlite/openSqliteStorage.ts';
import type { Storage } from '../storage.ts';

/** What may be asked of the storage in its thread. */
export type StorageAsk = Exclude<keyof Storage, 'kind' | 'close'>;

export interface StorageThreadData {
  readonly location: SqliteLocation;
}

export type StorageRequest =
  | { readonly kind: 'ask'; readonly id: number; readonly ask: StorageAsk; readonly args: readonly unknown[] }
  | { readonly kind: 'close' };

export type StorageReply =
  | { readonly kind: 'opened'; readonly storageKind: string }
  | { readonly kind: 'refused'; readonly error: ThreadError }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ThreadError };
