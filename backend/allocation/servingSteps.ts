import type { Plan } from '../../contract/index.ts';
import { timeAt, type TimeGrid } from '../timeseries/index.ts';

export interface ServingInput {
  readonly nowSeconds: number;
  readonly leadTimeSeconds: number;
  /** Replicas that serve now. */
  readonly current: number;
  /** Asked for now. */
  readonly floor: number;
  readonly grid: TimeGrid;
  /** `[step]` */
  readonly asked: ArrayLike<number>;
}

/** The capacity that serves, from now on, as a plan: one entry for each change; nothing new serves before leadTime. */
export function servingSteps(input: ServingInput): Plan['replicas'] {
  const { nowSeconds, leadTimeSeconds, current, floor, grid, asked } = input;
  const steps = [{ at: nowSeconds, count: Math.min(current, floor) }];
  const readySeconds = nowSeconds + leadTimeSeconds;
  if (floor > current) {
    steps.push({ at: readySeconds, count: floor });
  }
  for (let step = 0; step < asked.length; step++) {
    const at = timeAt(grid, step);
    if (at >= readySeconds && asked[step] !== steps.at(-1)!.count) {
      steps.push({ at, count: asked[step]! });
    }
  }
  return steps;
}
