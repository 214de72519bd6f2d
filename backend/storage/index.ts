/** What Headroom keeps, behind one port. */
export { openSqliteStorage, sqliteFile, type SqliteLocation } from './sqlite/openSqliteStorage.ts';
export { sqliteBytes } from './sqlite/sqliteBytes.ts';
export { openPostgresStorage } from './postgres/openPostgresStorage.ts';
export { copyStorage, type StorageCopy } from './copy/copyStorage.ts';
export { openThreadedStorage } from './threaded/openThreadedStorage.ts';
export type { Lease, LeaseAsk, LeaseGrant } from './lease.ts';
export { storedChain } from './audit/storedChain.ts';
export { verifyChain } from './audit/verifyChain.ts';
export type { DecisionFilter, RecommendationFilter, ScoreRow, Storage } from './storage.ts';
