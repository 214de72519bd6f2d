import { timeAt, type TimeGrid } from '../../timeseries/index.ts';
import type { NearPlan } from './nearPlan.ts';

/**
 * The day's replicas, `[step]`, with those of the next hour in their place as far as the near plan reaches.
 *
 * A step asks for the most of its rows, and for the floor until that has had its time. Where
 * `onlyRaises`, never less than the day.
 */
export function nearCounts(day: ArrayLike<number>, grid: TimeGrid, plan: NearPlan, onlyRaises: boolean): Float64Array {
  const endSeconds = timeAt(plan.grid, plan.grid.length);
  return Float64Array.from(day, (count, step) => {
    const [from, to] = [timeAt(grid, step), timeAt(grid, step + 1)];
    if (from >= endSeconds) {
      return count;
    }
    let near = from < plan.floorUntilSeconds ? plan.floor : 0;
    for (let row = 0; row < plan.needs.length; row++) {
      const at = timeAt(plan.grid, row);
      if (at >= plan.floorUntilSeconds && at >= from && at < to) {
        near = Math.max(near, plan.needs[row]!);
      }
    }
    return onlyRaises ? Math.max(count, near) : near;
  });
}
