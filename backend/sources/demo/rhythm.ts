const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
/** 1 June 2026, a Monday: where growth begins anew, once in GROWTH_PERIOD_WEEKS. */
const GROWTH_START_SECONDS = 1_780_272_000;
const GROWTH_PERIOD_WEEKS = 40;

/** Hour of the day, 0 up to 24, `offsetHours` east of UTC. */
export function hourOfDay(timeSeconds: number, offsetHours = 0): number {
  return modulo(timeSeconds / 3600 + offsetHours, 24);
}

/** A bell around `centerHour` on the clock's circle: 1 there, falling with standard deviation `widthHours`. */
export function bell(hour: number, centerHour: number, widthHours: number): number {
  const apart = Math.abs(hour - centerHour);
  const distance = Math.min(apart, 24 - apart) / widthHours;
  return Math.exp(-0.5 * distance * distance);
}

/** A factor for each weekday, Sunday first, given at noon and going over from one to the next. */
export function weekly(timeSeconds: number, factors: readonly number[], offsetHours = 0): number {
  const days = timeSeconds / DAY_SECONDS + offsetHours / 24 - 0.5;
  const day = Math.floor(days);
  const fraction = days - day;
  // 1 January 1970 was a Thursday.
  const today = factors[modulo(day + 4, 7)]!;
  const tomorrow = factors[modulo(day + 5, 7)]!;
  return today + (tomorrow - today) * fraction;
}

/** Growth by `weeklyRate` a week, compounded; after 40 weeks its customers move to a fleet of their own and it begins anew. */
export function growth(timeSeconds: number, weeklyRate: number): number {
  const weeks = (timeSeconds - GROWTH_START_SECONDS) / WEEK_SECONDS;
  return (1 + weeklyRate) ** modulo(weeks, GROWTH_PERIOD_WEEKS);
}

/** The last Monday, 00:00 UTC, at or before an instant. */
export function mondayBefore(timeSeconds: number): number {
  return GROWTH_START_SECONDS + Math.floor((timeSeconds - GROWTH_START_SECONDS) / WEEK_SECONDS) * WEEK_SECONDS;
}

/** Seconds since the last instant that is a whole multiple of `everySeconds` after `atSeconds`: how long ago cron fired. */
export function sinceCron(timeSeconds: number, everySeconds: number, atSeconds = 0): number {
  return modulo(timeSeconds - atSeconds, everySeconds);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
