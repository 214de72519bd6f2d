/** The instants at which an expression is evaluated, in epoch milliseconds. */
export interface EvaluationGrid {
  readonly startMs: number;
  readonly stepMs: number;
  /** At least 1, but for a subquery that has no instant in its range. */
  readonly count: number;
}

/** The grid from `startMs` up to at most `endMs`. */
export function evaluationGrid(startMs: number, endMs: number, stepMs: number): EvaluationGrid {
  return { startMs, stepMs, count: endMs < startMs ? 0 : Math.floor((endMs - startMs) / stepMs) + 1 };
}

export function gridTimeAt(grid: EvaluationGrid, index: number): number {
  return grid.startMs + index * grid.stepMs;
}

export function lastGridTime(grid: EvaluationGrid): number {
  return gridTimeAt(grid, grid.count - 1);
}
