/** How the rows are ordered. */
export type RowOrder = 'urgency' | 'name';

export interface ShortfallTimelineOptions {
  /** The label whose values are the rows. */
  readonly rowLabel: string;
  readonly order: RowOrder;
  /** From this probability on a row counts as running short. */
  readonly threshold: number;
  readonly isNowLineShown: boolean;
  /** Whether the name of a row leads to its page in Headroom, where no data link does. */
  readonly isLinked: boolean;
}

export const DEFAULT_ROW_LABEL = 'workload';
export const DEFAULT_THRESHOLD = 0.1;
