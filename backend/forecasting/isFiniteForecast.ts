import type { RawForecast } from './localModel.ts';

/** Whether every number of a forecast is one. */
export function isFiniteForecast({ values, mean }: RawForecast): boolean {
  return areFinite(values) && areFinite(mean);
}

function areFinite(numbers: Float64Array): boolean {
  for (const number of numbers) {
    if (!Number.isFinite(number)) {
      return false;
    }
  }
  return true;
}
