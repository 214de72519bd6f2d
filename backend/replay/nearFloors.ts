import { needForecast } from '../scaling/index.ts';
import { gridEnd, seriesSlice, type Series } from '../timeseries/index.ts';
import { needOf } from './needOf.ts';
import type { ReplayClock } from './replayClock.ts';
import type { ReplayService } from './replayService.ts';

const NOISE = 1e-9;

/** What a forecast after each row asks for, at each risk. */
export interface NearFloors {
  readonly risks: readonly number[];
  /** Replicas for the row `lead` rows after the last of `known` rows, lead from 1, at the risk of this index. */
  at(known: number, lead: number, risk: number): number;
  /** The price of a shortfall after `known` rows, in replicas for one row, at the risk of this index. */
  priceAt(known: number, risk: number): number;
}

/**
 * Forecasts after each row from what came before it, once for all risks; yields rows done.
 *
 * The forecast is the product's own, and takes in each row as it becomes known. Before it has learnt enough to say
 * anything, the latest row stands for those to come.
 */
export function* nearFloors(
  trace: Series,
  clock: ReplayClock,
  service: ReplayService,
  risks: readonly number[]
): Generator<number, NearFloors> {
  const { stepSeconds } = trace.grid;
  const { startSeconds, metricLagSeconds, hpa, perReplica, min, max } = service;
  const leads = Math.ceil((startSeconds + metricLagSeconds + hpa.syncSeconds) / stepSeconds - NOISE) + 1;
  const firstKnown = Math.max(1, clock.knownAt(0));
  const width = leads * risks.length;
  const floors = new Int32Array((trace.grid.length - firstKnown + 1) * width);
  const prices = new Float64Array((trace.grid.length - firstKnown + 1) * risks.length);
  const forecast = needForecast({
    perReplica,
    min,
    max,
    decisionLead: leads,
    windowRows: Math.max(1, Math.round(startSeconds / stepSeconds)),
    horizon: leads,
  });
  let latest = trace.values.subarray(0, firstKnown).findLast((value) => !Number.isNaN(value)) ?? Number.NaN;
  for (let known = firstKnown; known <= trace.grid.length; known++) {
    const seen = seriesSlice(trace, 0, known);
    const last = trace.values[known - 1]!;
    latest = Number.isNaN(last) ? latest : last;
    forecast.learn(seen);
    const needs = forecast.after(gridEnd(seen.grid), risks);
    const row = (known - firstKnown) * width;
    risks.forEach((risk, index) => {
      const from = row + index * leads;
      if (needs === undefined) {
        floors.fill(needOf(latest, service), from, from + leads);
      } else {
        floors.set(needs[index]!.replicas, from);
      }
      prices[(known - firstKnown) * risks.length + index] = forecast.priceOf(risk);
    });
    yield known;
  }
  const rowOf = (known: number): number => Math.max(firstKnown, known) - firstKnown;
  return {
    risks,
    at: (known, lead, risk) => floors[rowOf(known) * width + risk * leads + Math.min(leads, lead) - 1]!,
    priceAt: (known, risk) => prices[rowOf(known) * risks.length + risk]!,
  };
}
