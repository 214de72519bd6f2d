/** As many values as a cache line holds: writing them together is what a tile is for. */
export const TILE_STEPS = 8;

/** Where the paths of a tile go: the first at `start`, the next ones `stride` apart. */
export interface TileTarget {
  readonly values: Float64Array;
  readonly start: number;
  readonly stride: number;
}

/** Writes the tile that begins at `first`, `[step][path]`, of at most TILE_STEPS steps, path by path. */
export function turnTile(
  tile: Float64Array,
  first: number,
  pathCount: number,
  stepCount: number,
  { values, start, stride }: TileTarget
): void {
  if (stepCount === TILE_STEPS) {
    turnWhole(tile, first, pathCount, values, start, stride);
    return;
  }
  for (let path = 0; path < pathCount; path++) {
    for (let step = 0; step < stepCount; step++) {
      values[start + path * stride + step] = tile[first + step * pathCount + path]!;
    }
  }
}

function turnWhole(
  tile: Float64Array,
  first: number,
  pathCount: number,
  values: Float64Array,
  start: number,
  stride: number
): void {
  let cell = start;
  for (let from = first; from < first + pathCount; from++) {
    values[cell] = tile[from]!;
    values[cell + 1] = tile[from + pathCount]!;
    values[cell + 2] = tile[from + 2 * pathCount]!;
    values[cell + 3] = tile[from + 3 * pathCount]!;
    values[cell + 4] = tile[from + 4 * pathCount]!;
    values[cell + 5] = tile[from + 5 * pathCount]!;
    values[cell + 6] = tile[from + 6 * pathCount]!;
    values[cell + 7] = tile[from + 7 * pathCount]!;
    cell += stride;
  }
}
