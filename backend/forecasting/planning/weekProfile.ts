/**
 * The mean deviation of each phase from the mean of the period around it, `[period]`, shrunk as far as chance could
 * have made it (James and Stein); zeros where fewer than two periods are known.
 */
export function weekProfile(values: Float64Array, period: number): Float64Array {
  const profile = new Float64Array(period);
  const length = values.length;
  if (period < 2 || length < 2 * period) {
    return profile;
  }
  const sums = new Float64Array(length + 1);
  values.forEach((value, t) => (sums[t + 1] = sums[t]! + value));
  const deviations = values.map((value, t) => {
    const from = Math.max(0, Math.min(length - period, t - (period >> 1)));
    return value - (sums[from + period]! - sums[from]!) / period;
  });
  const counts = new Float64Array(period);
  deviations.forEach((deviation, t) => {
    profile[t % period]! += deviation;
    counts[t % period]!++;
  });
  profile.forEach((sum, phase) => (profile[phase] = sum / counts[phase]!));
  const centre = profile.reduce((sum, value) => sum + value / period, 0);
  let within = 0;
  deviations.forEach((deviation, t) => (within += (deviation - profile[t % period]!) ** 2));
  let between = 0;
  profile.forEach((value) => (between += (value - centre) ** 2 / period));
  const chance = within / Math.max(1, length - period) / (length / period);
  const kept = between > 0 ? Math.max(0, 1 - chance / between) : 0;
  return profile.map((value) => kept * (value - centre));
}
