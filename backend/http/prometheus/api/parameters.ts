import { HeadroomError } from '../../../errors/index.ts';
import { parseSelector, QueryBudget, type LabelMatcher } from '../../../promql/index.ts';
import { parseDurationSeconds } from '../../../timeseries/index.ts';
import { parseFloatText } from './parseFloatText.ts';
import { parseForm } from './parseForm.ts';
import { parseTimeMs } from './parseTimeMs.ts';

const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** A request's parameters: those of a form body before those of the URL, as Go reads them. */
export class Parameters {
  readonly #values: URLSearchParams;

  constructor(body: string, query: string) {
    this.#values = parseForm(body);
    for (const [name, value] of parseForm(query)) {
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
    const seconds = parseFloatText(text) ?? parseDurationSeconds(text);
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
    const budget = new QueryBudget();
    return this.all('match[]').map((text) => {
      const matchers = parseSelector(text, budget);
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
