import { dateTime, rangeUtil, type TimeRange } from '@grafana/data';

/** A time range from the texts of an address: `now-24h`, or epoch milliseconds. */
export function toTimeRange(rawFrom: string, rawTo: string): TimeRange {
  return rangeUtil.convertRawToRange({ from: parsed(rawFrom), to: parsed(rawTo) });
}

/** Whether a text of an address is an instant in epoch milliseconds. */
export function isEpochMs(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function parsed(text: string) {
  return isEpochMs(text) ? dateTime(Number(text)) : text;
}
