import type { PanelModel } from '@grafana/data';
import { DEFAULT_ROW_LABEL, DEFAULT_THRESHOLD, type ShortfallTimelineOptions } from './options';

const ORDERS: readonly unknown[] = ['urgency', 'name'];

/** Options as this version knows them, from whatever a dashboard was saved with; what does not fit gets its default. */
export function migrateOptions({ options }: Pick<PanelModel, 'options'>): Partial<ShortfallTimelineOptions> {
  const saved = (options ?? {}) as Readonly<Record<string, unknown>>;
  const { rowLabel, order, threshold } = saved;
  return {
    ...(saved as Partial<ShortfallTimelineOptions>),
    rowLabel: typeof rowLabel === 'string' && rowLabel.trim() !== '' ? rowLabel.trim() : DEFAULT_ROW_LABEL,
    order: ORDERS.includes(order) ? (order as ShortfallTimelineOptions['order']) : 'urgency',
    threshold: typeof threshold === 'number' && threshold >= 0 && threshold <= 1 ? threshold : DEFAULT_THRESHOLD,
  };
}
