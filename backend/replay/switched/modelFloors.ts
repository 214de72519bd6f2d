import type { Forecaster, Predictor } from '../../forecasting/index.ts';
import { seriesSlice, type Series } from '../../timeseries/index.ts';
import { needOf } from '../needOf.ts';
import type { NearFloors } from '../nearFloors.ts';
import type { ReplayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';

const DAY_SECONDS = 86_400;
const NOISE = 1e-9;

export interface ModelFloorOptions {
  readonly forecaster: Forecaster;
  readonly risk: number;
  readonly seed: number;
  /** Told of each row; may wait, and may throw to stop. */
  readonly onRow?: (row: number) => void | Promise<void>;
}

/**
 * The floor that a forecaster's quantile of 1 - `risk` asks for, at each row ahead; fitted anew once a day on what was
 * known, and forecast after each row.
 *
 * Before the first measurement the least number of replicas stands.
 */
export async function modelFloors(
  trace: Series,
  clock: ReplayClock,
  service: ReplayService,
  { forecaster, risk, seed, onRow }: ModelFloorOptions
): Promise<Pick<NearFloors, 'at'>> {
  const { stepSeconds, length } = trace.grid;
  const { startSeconds, metricLagSeconds, hpa } = service;
  const leads = Math.ceil((startSeconds + metricLagSeconds + hpa.syncSeconds) / stepSeconds - NOISE) + 1;
  const firstKnown = Math.max(1, clock.knownAt(0));
  const floors = new Int32Array((length - firstKnown + 1) * leads);
  const daySteps = Math.max(1, Math.round(DAY_SECONDS / stepSeconds));
  let predictor: Predictor | undefined;
  for (let known = firstKnown; known <= length; known++) {
    const target = seriesSlice(trace, 0, known);
    const isMeasured = target.values.some((value) => !Number.isNaN(value));
    if (isMeasured && (predictor === undefined || (known - firstKnown) % daySteps === 0)) {
      predictor = await forecaster.fit({ target }, { horizon: leads, seed });
    }
    const said = isMeasured ? await predictor!.predict({ target }, { horizon: leads, levels: [1 - risk] }) : undefined;
    for (let lead = 0; lead < leads; lead++) {
      floors[(known - firstKnown) * leads + lead] = needOf(said?.values[lead] ?? Number.NaN, service);
    }
    await onRow?.(known);
  }
  return {
    at: (known, lead) =>
      floors[(Math.max(firstKnown, known) - firstKnown) * leads + Math.min(leads, Math.max(1, lead)) - 1]!,
  };
}
