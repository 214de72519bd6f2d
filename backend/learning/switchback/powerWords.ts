import type { SwitchbackPower } from './planSwitchback.ts';

const STILL =
  'The outcome did not vary in the past, so the past does not tell how small a difference a test would find among what varies once something is tried.';

/** What tests of some lengths would find, a sentence for each; `periodSeconds` is that of a test. */
export function powerWords(
  { mean, deviation, points }: SwitchbackPower,
  periodSeconds: number,
  unit: string
): string[] {
  if (!(deviation > 1e-9 * Math.abs(mean))) {
    return [STILL];
  }
  return points.map(({ blocks, minimumEffect }) => {
    const days = String((blocks * 2 * periodSeconds) / 86_400);
    if (!Number.isFinite(minimumEffect)) {
      return `A test of ${days} days would find no effect reliably.`;
    }
    const share =
      mean > 0 && unit !== '%'
        ? ` (${String(Number(((100 * minimumEffect) / mean).toPrecision(2)))} % of the mean)`
        : '';
    return `A test of ${days} days finds a difference of ${quantity(minimumEffect, unit)}${share} four times in five, and one that is not there at most once in twenty.`;
  });
}

function quantity(value: number, unit: string): string {
  return unit === '%'
    ? `${String(Number((100 * value).toPrecision(3)))} points`
    : `${String(Number(value.toPrecision(3)))} ${unit}`;
}
