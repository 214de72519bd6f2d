import fc from 'fast-check';

/** Names and labels of the series that `promqlQuery` asks for. */
export const QUERY_METRICS = ['gauge', 'events_total', 'sparse', 'wait_bucket'] as const;

export interface QueryOptions {
  /** How deep calls and operators are nested; default 3. */
  readonly depth?: number;
  /** Leaves out what Prometheus 2.42 does otherwise or not at all. */
  readonly isPortable?: boolean;
}

/** Queries that parse and have a vector value, over series with labels `a` (x, y, z) and `b` (1, 2). */
export function promqlQuery({ depth = 3, isPortable = false }: QueryOptions = {}): fc.Arbitrary<string> {
  const any = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
  const join = (...parts: ReadonlyArray<fc.Arbitrary<string>>): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((texts) => texts.join(''));
  const number = any('1', '2', '0.5', '-1', '100', '3', '0', '1.5');
  const duration = any('1m', '5m', '90s', '10m', '17m', '1m30s', '20m');
  const matchers = any('', '', '{a="x"}', '{a!="y"}', '{a=~"x|y"}', '{a!~"z.*"}', '{b="1"}', '{a=~".*"}', '{b=""}');
  const selector = fc.oneof(
    { weight: 5, arbitrary: join(any(...QUERY_METRICS, 'nothing'), matchers) },
    { weight: 1, arbitrary: fc.constant('{__name__=~"gauge|sparse",a="x"}') }
  );
  const shift = fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: any(' offset 1m', ' offset -2m', ' offset 5m', ' offset 90s') },
    { weight: 1, arbitrary: any(' @ 1000', ' @ 2000.5', ' @ start()', ' @ end()', ' @ 1500 offset 1m') }
  );
  const step = any(':30s]', ':1m]', ':]');
  // Ranges of 2.42 are closed on the left, which shows where a subquery's instants lie on the end of another's range.
  const plainSubquery = join(any('('), selector, any(')['), duration, step, any('', ' offset 1m'));
  const counterRange = join(any('events_total', 'wait_bucket'), matchers, any('['), duration, any(']', '] offset 1m'));
  const { vector } = fc.letrec<{ vector: string; range: string; paren: string; scalar: string }>((tie) => {
    const inner = tie('vector');
    const paren = tie('paren');
    const range = tie('range');
    const on = any('', 'on (a) ', 'on (a,b) ', 'ignoring (b) ', 'on (a) group_left () ', 'on (a) group_right () ');
    const grouping = any('', ' by (a)', ' by (a, b)', ' without (a)', ' without (b, le)');
    const ranged = any(
      ...(isPortable ? [] : ['rate', 'increase']),
      ...['delta', 'irate', 'idelta', 'sum_over_time', 'avg_over_time', 'min_over_time'],
      ...['max_over_time', 'count_over_time', 'last_over_time', 'present_over_time', 'stddev_over_time', 'changes'],
      ...['resets', 'deriv', 'absent_over_time', 'stdvar_over_time']
    );
    const plain = any(
      'abs',
      'ceil',
      'floor',
      'sqrt',
      'ln',
      'sgn',
      'sin',
      'atan',
      'round',
      'timestamp',
      'minute',
      'absent'
    );
    return {
      paren: join(any('('), inner, any(')')),
      scalar: fc.oneof(number, any('time()', 'scalar(gauge{a="x",b="1"})', '2 ^ 3', '-pi()')),
      range: fc.oneof(
        { weight: 3, arbitrary: join(selector, any('['), duration, any(']'), shift) },
        { weight: 1, arbitrary: isPortable ? plainSubquery : join(paren, any('['), duration, step, shift) }
      ),
      vector: fc.oneof(
        { maxDepth: depth, withCrossShrink: true },
        join(selector, shift),
        join(ranged, any('('), range, any(')')),
        join(any('quantile_over_time('), any('0.5', '0.9', '0'), any(', '), range, any(')')),
        join(any('rate(', 'increase('), counterRange, any(')')),
        join(any('predict_linear('), isPortable ? counterRange : range, any(', 60)')),
        join(
          any('sum', 'avg', 'min', 'max', 'count', 'group', ...(isPortable ? [] : ['stddev', 'stdvar'])),
          grouping,
          any(' ('),
          inner,
          any(')')
        ),
        join(any('quantile'), grouping, any(' (0.5, ', ' (0.9, '), inner, any(')')),
        join(plain, any('('), inner, any(')')),
        join(any('clamp_max(', 'clamp_min('), inner, any(', '), number, any(')')),
        join(any('-'), paren),
        join(paren, any(' + ', ' - ', ' * ', ' / ', ' % ', ' > ', ' <= ', ' == bool ', ' != '), tie('scalar')),
        join(number, any(' + ', ' * ', ' / ', ' < ', ' > bool '), paren),
        join(paren, any(' + ', ' - ', ' * ', ' / ', ' > ', ' <= bool '), on, paren),
        join(paren, any(' and ', ' or ', ' unless '), any('', 'on (a) ', 'ignoring (b) '), paren),
        join(
          any('histogram_quantile(0.9, ', 'histogram_quantile(0.5, '),
          any('wait_bucket)', 'rate(wait_bucket[5m]))')
        ),
        join(any('label_replace('), inner, any(', "c", "$1-", "a", "(.*)")', ', "c", "", "zzz", "x")')),
        join(any('label_join('), inner, any(', "c", "-", "a", "b")')),
        ...(isPortable
          ? []
          : [
              join(any('topk (2, ', 'bottomk by (a) (1, '), inner, any(')')),
              join(any('count_values'), any('', ' by (a)'), any(' ("value", '), inner, any(')')),
              join(any('sort(', 'sort_desc('), inner, any(')')),
              join(any('histogram_fraction(-Inf, 1, '), any('wait_bucket)', 'rate(wait_bucket[5m]))')),
            ])
      ),
    };
  });
  return vector;
}

/** One series of the data that `promqlQuery` asks for. */
export interface QueryTestSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** An hour of series from epoch 0 on: gauges, counters with resets, sparse ones, histograms; times off any grid. */
export function queryTestSeries(random: () => number): QueryTestSeries[] {
  const series: QueryTestSeries[] = [];
  for (const name of QUERY_METRICS) {
    for (const a of ['x', 'y', 'z']) {
      for (const b of ['1', '2']) {
        const scale = 1 + Math.floor(random() * 3);
        const bounds = name === 'wait_bucket' ? ['0.1', '1', '5', '+Inf'] : [undefined];
        for (const [index, le] of bounds.entries()) {
          const labels = { __name__: name, a, b, ...(le === undefined ? {} : { le }) };
          series.push({ labels, ...walk(name, scale * (index + 1), random) });
        }
      }
    }
  }
  return series;
}

const COUNTER_BASE = 10_000;
/** Exact in seconds as floats write them, and off every whole second. */
const OFF_GRID_MS = 125;

function walk(
  name: (typeof QUERY_METRICS)[number],
  scale: number,
  random: () => number
): Pick<QueryTestSeries, 'timestamps' | 'values'> {
  const timestamps: number[] = [];
  const values: number[] = [];
  const isCounter = name === 'events_total' || name === 'wait_bucket';
  const step = name === 'sparse' ? 180_000 : 30_000;
  // Counters stay far from zero, to where Prometheus 2.42 extrapolates otherwise than 3.5.
  let value = COUNTER_BASE + Math.floor(random() * 100);
  for (let time = OFF_GRID_MS + 1000 * Math.floor((random() * step) / 1000); time < 3_600_000; time += step) {
    if (isCounter) {
      value = random() < 0.01 && name === 'events_total' ? COUNTER_BASE : value + Math.floor(random() * 10) * scale;
    } else {
      value = Math.round((random() * 200 - 100) * 100) / 100;
    }
    timestamps.push(time);
    values.push(value);
    time += random() < 0.02 ? 600_000 : 1000 * Math.floor(random() * 4);
  }
  return { timestamps: Float64Array.from(timestamps), values: Float64Array.from(values) };
}
