/** A table as both databases have it. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Tells one row from another; both databases order it by its bytes. */
  readonly key: readonly string[];
}

/** All that is kept, what others refer to first; of an outlook all but its number, which each database gives anew. */
export const COPIED_TABLES: readonly CopiedTable[] = [
  {
    name: 'outlook',
    columns: [
      'workload',
      'issued_at',
      'lead_seconds',
      'cutoff_at',
      'start_at',
      'step_seconds',
      'length',
      'end_at',
      'answers_until',
      'is_hourly',
      'is_whole',
      'body',
    ],
    key: ['workload', 'issued_at'],
  },
  {
    name: 'recommendation',
    columns: ['id', 'workload', 'state', 'created_at', 'expires_at', 'body'],
    key: ['id'],
  },
  {
    name: 'decision',
    columns: ['sequence', 'id', 'at', 'workload', 'body', 'previous_hash', 'hash'],
    key: ['sequence'],
  },
  { name: 'scoring', columns: ['workload', 'scored_until'], key: ['workload'] },
  {
    name: 'score',
    columns: [
      'workload',
      'series',
      'model',
      'lead',
      'day_at',
      'truths',
      'sum_crps',
      'sum_absolute_error',
      'sum_scale',
      'sum_absolute_actual',
      'inside_80',
      'inside_90',
      'inside_95',
    ],
    key: ['workload', 'day_at', 'series', 'model', 'lead'],
  },
  { name: 'setting', columns: ['key', 'value'], key: ['key'] },
  // Tokens go on where they were, or targets would refuse what comes after as late.
  { name: 'lease', columns: ['name', 'token', 'expires_at'], key: ['name'] },
];
