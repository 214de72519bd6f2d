import type { Outlook, SeriesOutlook, ShortfallOutlook } from '../allocation/index.ts';
import { timeAt } from '../timeseries/index.ts';

/** Instants are whole multiples of a step apart; this absorbs the rounding of fractional ones. */
const TOLERANCE_STEPS = 1e-6;

/** The part of an outlook at the instants in [fromSeconds, untilSeconds); its grid may become empty. */
export function trimOutlook(outlook: Outlook, fromSeconds: number, untilSeconds: number): Outlook {
  const { grid } = outlook;
  const indexFrom = (seconds: number) => {
    const steps = Math.ceil((seconds - grid.startSeconds) / grid.stepSeconds - TOLERANCE_STEPS);
    return Math.max(0, Math.min(grid.length, steps));
  };
  const first = indexFrom(fromSeconds);
  const end = Math.max(first, indexFrom(untilSeconds));
  const cut = (values: Float64Array) => values.slice(first, end);
  return {
    ...outlook,
    grid: { startSeconds: timeAt(grid, first), stepSeconds: grid.stepSeconds, length: end - first },
    series: outlook.series.map((series) => trimSeries(series, grid.length, first, end)),
    ...(outlook.anyShortfall && { anyShortfall: trimShortfall(outlook.anyShortfall, cut) }),
    ...(outlook.replicas && {
      replicas: {
        committed: cut(outlook.replicas.committed),
        reserved: cut(outlook.replicas.reserved),
        total: cut(outlook.replicas.total),
        burst: cut(outlook.replicas.burst),
      },
    }),
    ...(outlook.costHourly && { costHourly: cut(outlook.costHourly) }),
  };
}

function trimSeries(series: SeriesOutlook, length: number, first: number, end: number): SeriesOutlook {
  const cut = (values: Float64Array) => values.slice(first, end);
  const values = new Float64Array(series.levels.length * (end - first));
  series.levels.forEach((_, level) => {
    values.set(series.values.subarray(level * length + first, level * length + end), level * (end - first));
  });
  return {
    ...series,
    values,
    mean: cut(series.mean),
    ...(series.capacity && { capacity: cut(series.capacity) }),
    ...(series.shortfall && { shortfall: trimShortfall(series.shortfall, cut) }),
  };
}

function trimShortfall(shortfall: ShortfallOutlook, cut: (values: Float64Array) => Float64Array): ShortfallOutlook {
  return {
    probability: cut(shortfall.probability),
    window: {
      '1h': cut(shortfall.window['1h']),
      '6h': cut(shortfall.window['6h']),
      '24h': cut(shortfall.window['24h']),
    },
  };
}
