const LEAST_OBSERVED = 20;
/** A counter begins again near zero: after a reset it stands below this share of what it had reached. */
const RESET_SHARE = 0.1;

/**
 * How often a series that looks like a raw counter was reset; 0 for a series that does not look like one.
 *
 * It looks like one when it never falls but to a tenth or less, and rises in at least half of its steps.
 */
export function counterResetCount(values: Float64Array): number {
  let resets = 0;
  let rises = 0;
  let observed = 0;
  let last = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) {
      continue;
    }
    if (value < 0 || (value < last && value > last * RESET_SHARE)) {
      return 0;
    }
    resets += value < last ? 1 : 0;
    rises += value > last ? 1 : 0;
    observed++;
    last = value;
  }
  const steps = observed - 1;
  return observed >= LEAST_OBSERVED && rises >= steps / 2 && resets <= steps / 10 ? resets : 0;
}
