import type { ShortfallRisk } from '../simulation/index.ts';
import type { AssessedSeries } from './assessment.ts';
import { SHORTFALL_WINDOWS, type SeriesOutlook, type ShortfallOutlook, type ShortfallWindow } from './outlook.ts';

export const WINDOW_NAMES = Object.keys(SHORTFALL_WINDOWS) as readonly ShortfallWindow[];

/** A shortfall's probabilities by the windows' names, from those of `WINDOW_NAMES` in order. */
export function shortfallOutlook({ probability, window }: ShortfallRisk): ShortfallOutlook {
  const named = WINDOW_NAMES.map((name, i) => [name, window[i]!] as const);
  return { probability, window: Object.fromEntries(named) as Record<ShortfallWindow, Float64Array> };
}

/** One series on the outlook's grid: its forecast with NaN before it, at the cutoff; capacity where replicas are known. */
export function seriesOutlook(
  series: AssessedSeries,
  replicas: number | undefined,
  shortfall: ShortfallRisk | undefined
): SeriesOutlook {
  const { name, kind, unit, forecast, perReplica } = series;
  const length = forecast.grid.length + 1;
  const values = new Float64Array(forecast.levels.length * length).fill(Number.NaN);
  forecast.levels.forEach((_, level) => {
    values.set(forecast.values.subarray(level * (length - 1), (level + 1) * (length - 1)), level * length + 1);
  });
  return {
    name,
    kind,
    unit,
    model: forecast.model,
    levels: forecast.levels,
    values,
    mean: fromCutoff(forecast.mean, Number.NaN),
    ...(perReplica === undefined || replicas === undefined
      ? {}
      : { capacity: new Float64Array(length).fill(replicas * perReplica) }),
    ...(shortfall === undefined ? {} : { shortfall: shortfallOutlook(shortfall) }),
    warnings: forecast.warnings,
  };
}

/** Values of the horizon on the outlook's grid, with `atCutoff` before them. */
export function fromCutoff(values: ArrayLike<number>, atCutoff: number): Float64Array {
  const padded = new Float64Array(values.length + 1);
  padded[0] = atCutoff;
  padded.set(values, 1);
  return padded;
}
