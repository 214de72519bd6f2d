import { gridIndexAt, timeAt, type Series } from '../../timeseries/index.ts';

/** Instants that were passed over because nothing was measured then, by series, ascending. */
export type LateTruths = ReadonlyMap<string, readonly number[]>;

/**
 * The instants in (`fromSeconds`, `toSeconds`] at which a series has no measurement (yet), and those of `before` that
 * still have none and are later than `forgottenSeconds`.
 */
export function missingTruths(
  actual: ReadonlyMap<string, Series>,
  fromSeconds: number,
  toSeconds: number,
  before: LateTruths,
  forgottenSeconds: number
): LateTruths {
  const late = new Map<string, readonly number[]>();
  for (const [name, { grid, values }] of actual) {
    const instants = (before.get(name) ?? []).filter(
      (at) => at > forgottenSeconds && Number.isNaN(values[gridIndexAt(grid, at)] ?? Number.NaN)
    );
    for (let index = Math.max(0, gridIndexAt(grid, fromSeconds) + 1); index < grid.length; index++) {
      const at = timeAt(grid, index);
      if (at > toSeconds) {
        break;
      }
      if (at > fromSeconds && at > forgottenSeconds && Number.isNaN(values[index]!)) {
        instants.push(at);
      }
    }
    if (instants.length > 0) {
      late.set(name, instants);
    }
  }
  return late;
}

/** Those of `late` that have been measured meanwhile. */
export function arrivedTruths(actual: ReadonlyMap<string, Series>, late: LateTruths): LateTruths {
  return new Map(
    [...late].flatMap(([name, instants]) => {
      const series = actual.get(name);
      const arrived = instants.filter(
        (at) => series !== undefined && !Number.isNaN(series.values[gridIndexAt(series.grid, at)] ?? Number.NaN)
      );
      return arrived.length === 0 ? [] : [[name, arrived] as const];
    })
  );
}
