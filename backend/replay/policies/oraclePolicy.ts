import { slidingExtreme } from '../slidingExtreme.ts';
import { needOf } from '../needOf.ts';
import type { ReplayClock } from '../replayClock.ts';
import type { ReplayPolicy } from '../replayPolicy.ts';
import type { ReplayService } from '../replayService.ts';

const NOISE = 1e-9;

/**
 * The cheapest plan without an avoidable violation, made with knowledge of the future.
 *
 * Each replica of the stack is needed in the rows whose need reaches it and for `startSeconds` before; it is given up
 * in between only where that saves more than its drain costs. The needs of a higher replica lie within those of a lower
 * one, so each can be planned by itself and the plan is the optimum of the decisions' clock.
 */
export function oraclePolicy(demand: Float64Array, clock: ReplayClock, service: ReplayService): ReplayPolicy {
  const { startSeconds, drainSeconds, hpa } = service;
  const needs = new Int32Array(clock.tickCount).fill(service.min);
  for (let tick = 0; tick < clock.tickCount; tick++) {
    needs[tick] = needOf(demand[clock.rowAt(tick)]!, service);
  }
  for (let row = clock.firstRow; row < clock.firstRow + clock.rowCount; row++) {
    const tick = clock.tickOf(row);
    needs[tick] = Math.max(needs[tick]!, needOf(demand[row]!, service));
  }
  const startTicks = Math.ceil(startSeconds / hpa.syncSeconds - NOISE);
  const held = Math.max(1, Math.ceil(drainSeconds / hpa.syncSeconds - NOISE));
  const plan = slidingExtreme(needs, startTicks + 1, 'max', 'ahead');
  const closed = slidingExtreme(slidingExtreme(plan, held, 'max', 'behind'), held, 'min', 'ahead');
  const start = clock.secondsAt(0);
  return { decide: ({ nowSeconds }) => closed[Math.round((nowSeconds - start) / hpa.syncSeconds)]! };
}
