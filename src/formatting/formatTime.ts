import { dateTimeFormat, systemDateFormats } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';

/** An instant to the minute, as axes write it: `11/23 07:35`. */
export function formatTime(seconds: number, timeZone?: TimeZone): string {
  return dateTimeFormat(seconds * 1000, { timeZone, format: systemDateFormats.interval.hour });
}
