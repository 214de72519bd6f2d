const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_WEEK = 604_800;

/** Sine and cosine of the time of day and of week; 0 where a step is as long. */
export function writeClock(out: Float32Array, seconds: number, stepSeconds: number): void {
  const day = (2 * Math.PI * (seconds % SECONDS_PER_DAY)) / SECONDS_PER_DAY;
  const week = (2 * Math.PI * (seconds % SECONDS_PER_WEEK)) / SECONDS_PER_WEEK;
  const hasDay = stepSeconds < SECONDS_PER_DAY / 2;
  out[0] = hasDay ? Math.sin(day) : 0;
  out[1] = hasDay ? Math.cos(day) : 0;
  out[2] = Math.sin(week);
  out[3] = Math.cos(week);
}

/** The mean absolute change of z over `lag` steps, in the last `count` steps. */
export function meanChange(recentZ: Float64Array, lag: number, count: number): number {
  const from = Math.max(lag, recentZ.length - count);
  let sum = 0;
  for (let i = from; i < recentZ.length; i++) {
    sum += Math.abs(recentZ[i]! - recentZ[i - lag]!);
  }
  return recentZ.length > from ? sum / (recentZ.length - from) : 0;
}

/** A spread as a feature: its logarithm, kept from minus infinity. */
export function logOf(spread: number): number {
  return Math.log(spread + 1e-3) / 3;
}

/** Whether a day since the epoch (a Thursday) is a Saturday or a Sunday. */
export function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
