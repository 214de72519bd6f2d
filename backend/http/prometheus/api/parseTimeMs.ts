import { parseFloatText } from './parseFloatText.ts';

/** Prometheus' names for the least and the greatest time. */
const NAMED_TIMES: Readonly<Record<string, number>> = {
  '-292273086-05-16T16:47:06Z': -9_223_309_901_257_974,
  '292277025-08-18T07:12:54.999999999Z': 9_223_309_901_257_974,
};
const RFC3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * A time as Prometheus' API takes it (float seconds or RFC 3339), in whole epoch milliseconds; `undefined` where it is
 * none. NaN, infinities and what does not fit its integers are none here; there they overflow to some other time.
 */
export function parseTimeMs(text: string): number | undefined {
  const seconds = parseFloatText(text);
  if (seconds !== undefined) {
    const time = Math.trunc(seconds) * 1000 + Math.round((seconds - Math.trunc(seconds)) * 1000);
    return Math.abs(time) < 2 ** 63 ? time : undefined;
  }
  const parts = RFC3339.exec(text);
  return parts === null ? NAMED_TIMES[text] : calendarTimeMs(parts);
}

function calendarTimeMs(parts: RegExpExecArray): number | undefined {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [fraction = '', sign = '+', zoneHour = '0', zoneMinute = '0'] = parts.slice(7);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day || Number(zoneHour) > 24 || Number(zoneMinute) > 60) {
    return undefined;
  }
  const zoneMinutes = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return date.getTime() + ((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000 + milliseconds;
}
