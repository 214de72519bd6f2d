const DAY = 86_400;
const YEAR = 365 * DAY;

/** A query that is sent to do harm. */
export interface Death {
  readonly name: string;
  /** Under `/api/v1`. */
  readonly path: string;
  readonly parameters: (nowSeconds: number) => ReadonlyArray<readonly [name: string, value: string | number]>;
  /** What may come of it: `200` where it is answered in time. */
  readonly outcomes: readonly string[];
  /** What a Prometheus would do, so that it is not asked beside us. */
  readonly sparesPeer?: string;
}

/** It takes room for every step of a subquery before it counts samples: 22 GiB for a year by 1 s, and the machine with it. */
const ALL_MEMORY = 'would take the memory of the machine';

const REFUSED = '400 bad_data';
const TOO_MUCH = '422 execution';
const TOO_LONG = '503 timeout';
/** In time on a fast machine, stopped on a slow one. */
const HEAVY = ['200', TOO_MUCH, TOO_LONG];

/** All of them, mildest last, so that one's leftovers are another's surroundings. */
export function deaths(): readonly Death[] {
  const all = '{__name__=~".+"}';
  return [
    range('everything over a year by 1 s', all, [-YEAR, 0], 1, [REFUSED]),
    range('everything, 11,000 steps', all, [-11_000, 0], 1, HEAVY),
    { ...instant('everything of a year by 1 s', `${all}[1y:1s]`, [TOO_MUCH]), sparesPeer: ALL_MEMORY },
    {
      ...instant('nested subqueries', `max_over_time(max_over_time(${all}[1y:1s])[1y:1s])`, [TOO_MUCH]),
      sparesPeer: ALL_MEMORY,
    },
    instant(
      'thrice nested subqueries of the time',
      'max_over_time(max_over_time(max_over_time(vector(time())[1d:1s])[1d:1s])[1d:1s])',
      HEAVY
    ),
    instant('a regex that backtracks', 'count({workload=~"(.*)*(.*)*x+$",__name__=~"(.+)+"})', ['200']),
    instant('a regex of a million repetitions', '{__name__=~"(x{1000}){1000}"}', [REFUSED]),
    instant('a regex of 100,000 classes', `{__name__=~"${'\\\\pL{1000}'.repeat(100)}"}`, [REFUSED]),
    instant('a regex of 20,000 alternatives', `{__name__=~"${many(20_000, (n) => `a${n}.*b`, '|')}"}`, [REFUSED]),
    instant('300 regexes of a selector', `{${many(300, (n) => `a${n}=~"[a-f]{9}(x.*y)+${n}"`, ',')}}`, [REFUSED]),
    instant('20,000 texts', `{__name__=~"${many(20_000, (n) => `a${n}`, '|')}"}`, ['200']),
    range(
      'label_replace by a backtracking regex',
      `label_replace(${all}, "x", "$1", "workload", "(.*)*(.*)*y")`,
      [-11_000, 0],
      1,
      HEAVY
    ),
    instant(
      '200 label_replaces',
      `${'label_replace('.repeat(200)}headroom_actual${many(200, (n) => `, "x", "$1", "workload", "(.*[a-z]{900})+${n}")`, '')}`,
      ['200', TOO_MUCH, TOO_LONG]
    ),
    range('count_values of everything', `count_values("v", ${all})`, [-DAY, DAY], 30, HEAVY),
    range('count_values at 11,000 steps', 'count_values("v", headroom_actual)', [-11_000, 0], 1, HEAVY),
    range('a cross join', `${all} * on(workload) group_left() ${all}`, [-DAY, 0], 30, HEAVY),
    {
      ...range('quantiles of a day by 1 s', `quantile_over_time(0.5, ${all}[1d:1s])`, [-3600, 0], 1, HEAVY),
      sparesPeer: ALL_MEMORY,
    },
    range('the topmost thousand million', `topk(1000000000, ${all})`, [-DAY, DAY], 30, HEAVY),
    range('trends of ten days', 'predict_linear(headroom_forecast[10d:1m], 3600)', [-DAY, 0], 30, HEAVY),
    instant(
      'an expression of 10,000 terms',
      many(10_000, () => 'headroom_actual', ' + '),
      [REFUSED]
    ),
    instant(
      'an expression of 100,000 numbers',
      many(100_000, () => '1', '+'),
      [REFUSED]
    ),
    range(
      '600 terms over a day',
      many(600, () => 'headroom_actual', ' + '),
      [-DAY, 0],
      30,
      HEAVY
    ),
    instant('900 functions in each other', `${'abs('.repeat(900)}headroom_actual${')'.repeat(900)}`, ['200']),
    instant('20,000 functions in each other', `${'abs('.repeat(20_000)}vector(1)${')'.repeat(20_000)}`, [REFUSED]),
    instant('100,000 parentheses', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`, [REFUSED]),
    instant('100,000 signs', `${'-'.repeat(100_000)}1`, [REFUSED]),
    {
      name: '20,000 selectors',
      path: 'series',
      parameters: () => Array.from({ length: 20_000 }, (_, n) => ['match[]', `{a${String(n)}=~".+"}`] as const),
      outcomes: [REFUSED],
    },
  ];
}

function many(count: number, text: (index: string) => string, separator: string): string {
  return Array.from({ length: count }, (_, index) => text(String(index))).join(separator);
}

function instant(name: string, query: string, outcomes: readonly string[]): Death {
  return {
    name,
    path: 'query',
    parameters: (now) => [
      ['query', query],
      ['time', now],
    ],
    outcomes,
  };
}

function range(
  name: string,
  query: string,
  [from, to]: readonly [number, number],
  step: number,
  outcomes: readonly string[]
): Death {
  return {
    name,
    path: 'query_range',
    parameters: (now) => [
      ['query', query],
      ['start', now + from],
      ['end', now + to],
      ['step', step],
    ],
    outcomes,
  };
}
