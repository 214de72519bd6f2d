import type { WorkloadConfig } from '../../config/index.ts';
import { NearLoop } from './nearLoop.ts';
import { PlanningLoop } from './planningLoop.ts';
import type { RangeLoop, RangeLoopDeps } from './rangeLoop.ts';
import type { RangeName } from './rangeView.ts';

/** The loops of the ranges that a workload asks for. */
export function createRangeLoops(config: WorkloadConfig, deps: RangeLoopDeps): ReadonlyMap<RangeName, RangeLoop> {
  const { near, planning } = config.forecast;
  const loops = new Map<RangeName, RangeLoop>();
  if (near !== undefined) {
    loops.set('near', new NearLoop(config, near, deps));
  }
  if (planning !== undefined) {
    loops.set('planning', new PlanningLoop(config, planning, deps));
  }
  return loops;
}
