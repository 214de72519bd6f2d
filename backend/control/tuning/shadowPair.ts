import type { Forecast } from '../../forecasting/index.ts';
import type { ForecastPair, Said } from '../../learning/index.ts';
import { CRPS_LEVELS } from '../../statistics/index.ts';
import { gridIndexAt, timeAt, type TimeGrid } from '../../timeseries/index.ts';

/**
 * What champion and challenger said of the same series at one cutoff, up to `endSeconds`: no more than is scored.
 * `undefined` where there is nothing that both said.
 */
export function shadowPair(
  cutoffSeconds: number,
  champion: ReadonlyMap<string, Forecast>,
  challenger: ReadonlyMap<string, Forecast>,
  endSeconds: number
): ForecastPair | undefined {
  const [first] = champion.values();
  if (first === undefined) {
    return undefined;
  }
  const length = Math.min(first.grid.length, gridIndexAt(first.grid, endSeconds) + 1);
  const grid = { ...first.grid, length };
  const names = [...champion.keys()].filter((name) => challenger.has(name));
  return length < 1
    ? undefined
    : {
        ...{ cutoffSeconds, grid },
        champion: names.map((name) => said(name, champion.get(name)!, grid)),
        challenger: names.map((name) => said(name, challenger.get(name)!, grid)),
      };
}

function said(name: string, { levels, values, grid }: Forecast, scored: TimeGrid): Said {
  const kept = new Float64Array(CRPS_LEVELS.length * scored.length).fill(Number.NaN);
  for (const [row, level] of CRPS_LEVELS.entries()) {
    const from = levels.indexOf(level);
    for (let step = 0; from >= 0 && step < scored.length; step++) {
      const index = gridIndexAt(grid, timeAt(scored, step));
      if (index >= 0 && index < grid.length) {
        kept[row * scored.length + step] = values[from * grid.length + index]!;
      }
    }
  }
  return { name, levels: CRPS_LEVELS, values: kept };
}
