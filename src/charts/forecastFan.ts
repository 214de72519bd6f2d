import type { ForecastResponse } from '../../contract/api.ts';
import { bandsFromLevels, quantileOf } from './bandsFromLevels';
import type { Fan, Values } from './fan';

const PAGE_BANDS = [50, 80, 95] as const;

/** A forecast of the sidecar as a fan: 50, 80 and 95 % bands; what has no number at all is left out. */
export function forecastFan(response: ForecastResponse, name: string): Fan {
  const { levels, values, actual, capacity } = response;
  const quantiles = { levels, values };
  return {
    key: name,
    name,
    actual: orNothing(actual),
    median: quantileOf(quantiles, 0.5),
    bands: bandsFromLevels(quantiles, PAGE_BANDS),
    capacity: orNothing(capacity),
  };
}

/** Epoch seconds as the milliseconds that charts count in. */
export function toMs(times: readonly number[]): number[] {
  return times.map((time) => time * 1000);
}

function orNothing(values: Values): Values | undefined {
  return values.some((value) => value !== null && value !== undefined) ? values : undefined;
}
