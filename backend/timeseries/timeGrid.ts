/** A regular run of instants: `startSeconds`, `startSeconds + stepSeconds`, ... (`length` of them), UTC epoch seconds. */
export interface TimeGrid {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly length: number;
}

/** The instant at `index` of the grid, in epoch seconds; `index` may lie outside the grid. */
export function timeAt(grid: TimeGrid, index: number): number {
  return grid.startSeconds + index * grid.stepSeconds;
}

/** The last instant of a grid that is not empty, in epoch seconds. */
export function gridEnd(grid: TimeGrid): number {
  return timeAt(grid, grid.length - 1);
}

/** The index of the last instant at or before `timeSeconds`; below 0 or at least `length` where it lies outside. */
export function gridIndexAt(grid: TimeGrid, timeSeconds: number): number {
  return Math.floor((timeSeconds - grid.startSeconds) / grid.stepSeconds);
}

/** The grid of `length` instants that follows `grid` without a gap: a horizon after its history. */
export function gridAfter(grid: TimeGrid, length: number): TimeGrid {
  return { startSeconds: timeAt(grid, grid.length), stepSeconds: grid.stepSeconds, length };
}
