import { HeadroomError } from '../../../errors/index.ts';
import { parseSelector, type LabelMatcher } from '../../../promql/index.ts';
import { parseDurationSeconds } from '../../../timeseries/index.ts';

/** Prometheus' names for the least and the greatest time. */
const NAMED_TIMES: Readonly<Record<string, number>> = {
  '-292273086-05-16T16:47:06Z': -9_223_309_901_257_974,
  '292277025-08-18T07:12:54.999999999Z': 9_223_309_901_257_974,
};
const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** A request's parameters: those of a form body before those of the URL, as Go reads them. */
export class Parameters {
  readonly #values: URLSearchParams;

  constructor(body: string, query: string) {
    this.#values = new URLSearchParams(body);
    for (const [name, value] of new URLSearchParams(query)) {
      this.#values.append(name, value);
    }
  }

  /** The first value of a name, `''` where it was not given. */
  text(name: string): string {
    return this.#values.get(name) ?? '';
  }

  all(name: string): readonly string[] {
    return this.#values.getAll(name);
  }

  /** A time in epoch milliseconds, `fallbackMs` where it was not given. */
  timeMs(name: string, fallbackMs: number): number {
    const text = this.text(name);
    if (text === '') {
      return fallbackMs;
    }
    const time = parseTimeMs(text);
    if (time === undefined) {
      throw invalidParameter(name, `invalid time value for '${name}': cannot parse "${text}" to a valid timestamp`);
    }
    return time;
  }

  /** A time in epoch milliseconds that has to be given. */
  requiredTimeMs(name: string): number {
    const text = this.text(name);
    const time = parseTimeMs(text);
    if (time === undefined) {
      throw invalidParameter(name, `cannot parse "${text}" to a valid timestamp`);
    }
    return time;
  }

  /** A duration in milliseconds, `undefined` where it was not given. */
  durationMs(name: string): number | undefined {
    const text = this.text(name);
    if (text === '') {
      return undefined;
    }
    const seconds = FLOAT.test(text) ? Number(text) : parseDurationSeconds(text);
    if (seconds === undefined) {
      throw invalidParameter(name, `cannot parse "${text}" to a valid duration`);
    }
    if (Math.abs(seconds) > LONGEST_SECONDS) {
      throw invalidParameter(name, `cannot parse "${text}" to a valid duration. It overflows int64`);
    }
    return seconds * 1000;
  }

  /** How many results are wanted at most, 0 for all. */
  limit(): number {
    const text = this.text('limit');
    const limit = text === '' ? 0 : Number(text);
    if (!/^[+-]?\d*$/.test(text) || !Number.isSafeInteger(limit)) {
      throw invalidParameter('limit', `strconv.Atoi: parsing "${text}": invalid syntax`);
    }
    if (limit < 0) {
      throw invalidParameter('limit', 'limit must be non-negative');
    }
    return limit;
  }

  /** The selectors of `match[]`, each with a matcher that the empty text does not fulfil. */
  matcherSets(): ReadonlyArray<readonly LabelMatcher[]> {
    return this.all('match[]').map((text) => {
      const matchers = parseSelector(text);
      if (matchers.every((matcher) => matcher.matches(''))) {
        throw badData('match[] must contain at least one non-empty matcher');
      }
      return matchers;
    });
  }
}

/** The error that a parameter is not valid, in Prometheus' words. */
export function invalidParameter(name: string, problem: string): HeadroomError {
  return badData(`invalid parameter "${name}": ${problem}`);
}

/** An error of kind `bad_data`. */
export function badData(problem: string): HeadroomError {
  return new HeadroomError('PROMQL_QUERY_INVALID', { problem });
}

/** A time as Prometheus' API takes it (float seconds or RFC 3339), in whole epoch milliseconds. */
export function parseTimeMs(text: string): number | undefined {
  if (FLOAT.test(text)) {
    const seconds = Number(text);
    const time = Math.trunc(seconds) * 1000 + Math.round((seconds - Math.trunc(seconds)) * 1000);
    return Math.abs(time) < 2 ** 63 ? time : undefined;
  }
  const parts = RFC3339.exec(text);
  if (parts === null) {
    return NAMED_TIMES[text];
  }
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = parts;
  const whole = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`);
  const isRealDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() >= Number(day);
  return Number.isNaN(whole) || !isRealDay ? undefined : whole + Math.trunc(Number(`0${fraction}`) * 1000);
}
