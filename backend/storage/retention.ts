/** Trimmed outlooks, score rows and expired recommendations are kept this long. */
export const RETENTION_SECONDS = 90 * 86_400;

/** Rows that one transaction of `prune` trims, or deletes. */
export const TRIM_BATCH = 20;
export const DELETE_BATCH = 500;

/** Records that are listed where the filter names no limit. */
export const DEFAULT_RECOMMENDATIONS = 100;
export const DEFAULT_DECISIONS = 1000;
