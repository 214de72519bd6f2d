import { timeAt, type TimeGrid } from '../timeseries/index.ts';

const DAY = 86_400;
/** Years of four digits, which is what a formatted date can be read back from. */
const FIRST_SECONDS = Date.UTC(1000, 0, 1) / 1000;
const LAST_SECONDS = Date.UTC(9999, 11, 31) / 1000;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The wall clock of a zone at each instant of a grid, as seconds since 1970-01-01T00:00 on that clock, `[step]`.
 *
 * Throws a RangeError where there is no such zone. Summer time is looked up once a day and its change found by halving.
 */
export function localSeconds(grid: TimeGrid, timeZone: string): Float64Array {
  const local = new Float64Array(grid.length);
  const format = formatOf(timeZone);
  let offset = 0;
  let validUntil = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < grid.length; i++) {
    const time = timeAt(grid, i);
    if (time >= validUntil) {
      offset = offsetAt(format, time);
      validUntil = changeWithinDay(format, time, offset);
    }
    local[i] = time + offset;
  }
  return local;
}

/** The first second after `time` and within a day of it with another offset; else a day later. */
function changeWithinDay(format: Intl.DateTimeFormat, time: number, offset: number): number {
  if (offsetAt(format, time + DAY) === offset) {
    return time + DAY;
  }
  let before = Math.floor(time);
  let after = Math.floor(time) + DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(format, middle) === offset) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after;
}

function offsetAt(format: Intl.DateTimeFormat, time: number): number {
  const seconds = Math.min(LAST_SECONDS, Math.max(FIRST_SECONDS, Math.floor(time)));
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(seconds * 1000)) {
    parts[type] = Number(value);
  }
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - seconds;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const numeric = 'numeric';
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(timeZone, format);
  return format;
}
