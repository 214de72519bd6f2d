const ISO =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;
const EPOCH = /^-?\d{1,16}(?:\.\d{1,9})?$/;
const LAST_SECOND_OF_9999 = 253_402_300_799;

/**
 * Reads an instant, ISO 8601 (UTC where it names no zone) or epoch seconds, as whole epoch milliseconds; `undefined`
 * where it is none: also a 30th of February, and epoch milliseconds, which would lie beyond the year 9999.
 */
export function parseTimestampMs(text: string): number | undefined {
  if (EPOCH.test(text)) {
    const seconds = Number(text);
    return Math.abs(seconds) <= LAST_SECOND_OF_9999 ? Math.round(seconds * 1000) : undefined;
  }
  const groups = ISO.exec(text)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const part = (name: string): number => Number(groups[name] ?? 0);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const isRealDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isRealDay || hour > 23 || minute > 59 || second > 59) {
    return undefined;
  }
  const zoneMinutes = zoneOffsetMinutes(groups['zone']);
  if (zoneMinutes === undefined) {
    return undefined;
  }
  const fractionMs = Math.round(Number(`0.${groups['fraction'] ?? '0'}`) * 1000);
  return date.getTime() + ((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000 + fractionMs;
}

function zoneOffsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === 'Z') {
    return 0;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  return hours > 23 || minutes > 59 ? undefined : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
