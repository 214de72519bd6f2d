import { setImmediate } from 'node:timers/promises';
import type { KpiBy, KpiFigures } from '../../../contract/index.ts';
import { periodEnd, periodStart, summarizeKpis, type KpiDay, type KpiPeriod } from '../../learning/index.ts';

/** Of the draws that tell how sure a figure is: the same days give the same interval. */
const SEED = 20_261_128;
const GROUPS_A_BREATH = 10;

export interface KpiQuestion {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly by: KpiBy | null;
  readonly period: KpiPeriod | null;
}

/** Figures by group, then by time; takes a breath now and then. */
export async function kpiFigures(days: readonly KpiDay[], question: KpiQuestion): Promise<KpiFigures[]> {
  const { startSeconds, endSeconds, by, period } = question;
  const groups = Map.groupBy(days, (day) => (by === null ? null : day[by]));
  const figures: KpiFigures[] = [];
  let summed = 0;
  for (const [group, own] of [...groups].sort(([a], [b]) => (a ?? '').localeCompare(b ?? ''))) {
    const times = Map.groupBy(own, ({ daySeconds }) =>
      period === null ? startSeconds : periodStart(daySeconds, period)
    );
    for (const [start, rows] of [...times].sort(([a], [b]) => a - b)) {
      const summary = summarizeKpis(rows, SEED);
      if (summary !== undefined) {
        const end = period === null ? endSeconds : Math.min(periodEnd(start, period), endSeconds);
        figures.push({ group, start: Math.max(start, startSeconds), end, ...summary });
      }
      if (++summed % GROUPS_A_BREATH === 0) {
        await setImmediate();
      }
    }
  }
  return figures;
}
