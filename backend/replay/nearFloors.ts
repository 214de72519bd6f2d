import { nearLearner } from '../forecasting/index.ts';
import { needLadder, riskPrice, SHORTFALL_PRICES, type NeedOutlook } from '../scaling/index.ts';
import { seriesSlice, type Series } from '../timeseries/index.ts';
import { needOf } from './needOf.ts';
import type { ReplayClock } from './replayClock.ts';
import type { ReplayService } from './replayService.ts';

const DAY = 86_400;
const HOUR = 3600;

/** Days before the first decision over which the price of a risk is learnt. */
const REHEARSED_DAYS = 2;
const NOISE = 1e-9;

/** What a forecast after each row asks for, at each risk. */
export interface NearFloors {
  readonly risks: readonly number[];
  /** Replicas for the row `lead` rows after the last of `known` rows, lead from 1, at the risk of this index. */
  at(known: number, lead: number, risk: number): number;
}

/**
 * Forecasts after each row from what came before it, once for all risks; yields rows done.
 *
 * The learner takes in each row as it becomes known. Risks share forecasts and prices, and differ in the price that each
 * one's past asks for.
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
  const begun = trace.values.findIndex((value) => value > 0);
  const rehearsed = Math.max(
    1,
    firstKnown - Math.round((REHEARSED_DAYS * DAY) / stepSeconds),
    Math.min(firstKnown, begun + Math.round(HOUR / stepSeconds))
  );
  const width = leads * risks.length;
  const floors = new Int32Array((trace.grid.length - firstKnown + 1) * width);
  const windowRows = Math.max(1, Math.round(startSeconds / stepSeconds));
  const price = riskPrice(SHORTFALL_PRICES.length, windowRows);
  const ladders = Array.from({ length: leads }, () => ({
    replicas: new Int32Array(SHORTFALL_PRICES.length),
    shortfall: new Float64Array(SHORTFALL_PRICES.length),
  }));
  const learner = nearLearner(seriesSlice(trace, 0, rehearsed), {
    horizon: leads,
    seasonSteps: 1,
    isThorough: true,
  });
  let latest = Number.NaN;
  for (let known = rehearsed; known <= trace.grid.length; known++) {
    learner.learn(seriesSlice(trace, 0, known));
    const last = trace.values[known - 1]!;
    latest = Number.isNaN(last) ? latest : last;
    const moment = learner.moment();
    const isUsed = known >= firstKnown;
    for (let lead = 1; lead <= leads; lead++) {
      if (!isUsed && lead < leads) {
        continue;
      }
      const ladder = ladders[lead - 1]!;
      const ahead = moment?.ahead(lead);
      const need: NeedOutlook =
        ahead === undefined
          ? { likely: needOf(latest, service), shortfall: (replicas) => (replicas * perReplica < latest ? 1 : 0) }
          : {
              likely: Math.ceil(ahead.median / perReplica),
              shortfall: (replicas) => ahead.exceedance(replicas * perReplica),
            };
      needLadder(need, SHORTFALL_PRICES, { min, max }, ladder);
    }
    if (moment !== undefined && ladders[leads - 1]!.replicas[0]! > min) {
      price.note(ladders[leads - 1]!.shortfall, stepSeconds);
    }
    if (isUsed) {
      risks.forEach((risk, index) => {
        const chosen = price.indexFor(risk);
        for (let lead = 0; lead < leads; lead++) {
          floors[(known - firstKnown) * width + index * leads + lead] = ladders[lead]!.replicas[chosen]!;
        }
      });
    }
    yield known;
  }
  return {
    risks,
    at: (known, lead, risk) =>
      floors[(Math.max(firstKnown, known) - firstKnown) * width + risk * leads + Math.min(leads, lead) - 1]!,
  };
}
