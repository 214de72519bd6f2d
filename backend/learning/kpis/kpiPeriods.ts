const DAY_SECONDS = 86_400;

export const KPI_PERIODS = ['day', 'week', 'month'] as const;
export type KpiPeriod = (typeof KPI_PERIODS)[number];

/** The start of the day, the week (from Monday on) or the month that a time lies in, in UTC. */
export function periodStart(atSeconds: number, period: KpiPeriod): number {
  const day = Math.floor(atSeconds / DAY_SECONDS);
  switch (period) {
    case 'day':
      return day * DAY_SECONDS;
    case 'week':
      // The epoch began on a Thursday.
      return (Math.floor((day + 3) / 7) * 7 - 3) * DAY_SECONDS;
    case 'month': {
      const date = new Date(day * DAY_SECONDS * 1000);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000;
    }
  }
}

/** Where the period after begins. */
export function periodEnd(startSeconds: number, period: KpiPeriod): number {
  if (period === 'month') {
    const date = new Date(startSeconds * 1000);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / 1000;
  }
  return startSeconds + (period === 'week' ? 7 : 1) * DAY_SECONDS;
}
