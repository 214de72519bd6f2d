const DAY_SECONDS = 86_400;
/** A 64-bit count of seconds wraps to here, as it does in Prometheus, for NaN and what is beyond it. */
const WRAPPED_SECONDS = 2 ** 63;

/** Functions of a time in epoch seconds (UTC, proleptic Gregorian), by name. */
export const DATE_FUNCTIONS: ReadonlyMap<string, (seconds: number) => number> = new Map<
  string,
  (seconds: number) => number
>([
  ['year', (seconds) => dateOf(seconds).year],
  ['month', (seconds) => dateOf(seconds).month],
  ['day_of_month', (seconds) => dateOf(seconds).day],
  ['day_of_week', (seconds) => modulo(dayOf(seconds) + 4, 7)],
  ['day_of_year', (seconds) => dayOf(seconds) - dayNumber(dateOf(seconds).year, 1, 1) + 1],
  ['days_in_month', daysInMonth],
  ['hour', (seconds) => Math.floor(secondOfDay(seconds) / 3600)],
  ['minute', (seconds) => Math.floor(secondOfDay(seconds) / 60) % 60],
]);

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function wholeSeconds(seconds: number): number {
  return Math.abs(seconds) < WRAPPED_SECONDS ? Math.trunc(seconds) : WRAPPED_SECONDS;
}

function dayOf(seconds: number): number {
  const whole = wholeSeconds(seconds);
  return (whole - secondOfDay(whole)) / DAY_SECONDS;
}

function secondOfDay(seconds: number): number {
  return modulo(wholeSeconds(seconds), DAY_SECONDS);
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function daysInMonth(seconds: number): number {
  const { year, month } = dateOf(seconds);
  return (month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)) - dayNumber(year, month, 1);
}

/** Years begin in March here, so that the leap day comes last. Source: Howard Hinnant's civil_from_days. */
function dateOf(seconds: number): CivilDate {
  const shifted = dayOf(seconds) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** Days since 1970-01-01. Source: Howard Hinnant's days_from_civil. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
