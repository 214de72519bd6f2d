import { timeAt, type TimeGrid } from '../timeseries/index.ts';

/** A run of a grid's instants, `offset` after its first. */
export interface GridChunk {
  readonly offset: number;
  readonly grid: TimeGrid;
}

/** Cuts a grid into runs of at most `limit` instants that follow each other without gap or overlap. */
export function chunkGrid(grid: TimeGrid, limit: number): readonly GridChunk[] {
  const chunks: GridChunk[] = [];
  for (let offset = 0; offset < grid.length; offset += limit) {
    const length = Math.min(limit, grid.length - offset);
    chunks.push({ offset, grid: { startSeconds: timeAt(grid, offset), stepSeconds: grid.stepSeconds, length } });
  }
  return chunks;
}
