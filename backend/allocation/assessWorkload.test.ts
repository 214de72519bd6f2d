import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recommendationSchema } from '../../contract/index.ts';
import { HeadroomError } from '../errors/index.ts';
import { PUBLISHED_LEVELS } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { normalQuantile } from '../statistics/index.ts';
import { assessWorkload, type AssessedSeries, type AssessmentInput, type Outlook } from './index.ts';

const STEP = 300;
const CUTOFF = 1_700_006_400;
const HORIZON = 96;
const DAYS = 5;

interface Shape {
  readonly mean: (step: number) => number;
  readonly spread: number;
}

function seriesOf(name: string, perReplica: number | undefined, { mean, spread }: Shape): AssessedSeries {
  const random = seededRandom(name.length);
  const length = (DAYS * 86_400) / STEP;
  const values = new Float64Array(PUBLISHED_LEVELS.length * HORIZON);
  PUBLISHED_LEVELS.forEach((level, row) => {
    for (let step = 0; step < HORIZON; step++) {
      values[row * HORIZON + step] = mean(step) + spread * normalQuantile(level);
    }
  });
  return {
    name,
    kind: name === 'requests' ? 'activity' : 'resource',
    unit: 'reqps',
    forecast: {
      grid: { startSeconds: CUTOFF + STEP, stepSeconds: STEP, length: HORIZON },
      levels: PUBLISHED_LEVELS,
      values,
      mean: Float64Array.from({ length: HORIZON }, (_, step) => mean(step)),
      model: 'theta',
      warnings: [],
    },
    history: {
      grid: { startSeconds: CUTOFF - (length - 1) * STEP, stepSeconds: STEP, length },
      values: Float64Array.from({ length }, () => mean(0) + spread * randomNormal(random)),
    },
    ...(perReplica === undefined ? {} : { perReplica }),
  };
}

const RISING: Shape = { mean: (step) => 100 + step, spread: 8 };
const FLAT: Shape = { mean: () => 100, spread: 8 };

function inputOf(changes: Partial<AssessmentInput> = {}): AssessmentInput {
  return {
    workload: 'checkout',
    nowSeconds: CUTOFF + 20,
    series: [seriesOf('requests', 20, RISING), seriesOf('cpu', 30, FLAT), seriesOf('disk', undefined, FLAT)],
    replicas: 6,
    scaling: { min: 2, max: 30, leadTimeSeconds: 180, risk: 0.01, tiers: { committed: 0.5, burst: 0.999 } },
    cost: { replicaHour: 0.12, violationMinute: 2.5, currency: 'USD' },
    confidence: { historySeconds: 20 * 86_400, coverage80: 0.8 },
    pathCount: 400,
    seed: 7,
    ...changes,
  };
}

const scalingOf = (changes: Partial<AssessmentInput['scaling']>): AssessmentInput['scaling'] => ({
  ...inputOf().scaling,
  ...changes,
});

const seriesNamed = (outlook: Outlook, name: string) => outlook.series.find((series) => series.name === name)!;

test('a rising demand is foreseen to fall short, and more replicas are asked for in time', () => {
  const { outlook, recommendation } = assessWorkload(inputOf());
  recommendationSchema.parse(recommendation);
  assert.deepEqual(outlook.grid, { startSeconds: CUTOFF, stepSeconds: STEP, length: HORIZON + 1 });
  const requests = seriesNamed(outlook, 'requests');
  assert.ok(requests.shortfall!.probability[HORIZON]! > 0.99);
  assert.ok(requests.shortfall!.probability[1]! < 0.05);
  assert.equal(requests.capacity![0], 120);
  assert.ok(Number.isNaN(requests.values[0]!) && Number.isNaN(requests.mean[0]!));
  assert.ok(Number.isNaN(requests.shortfall!.probability[0]!));
  assert.ok(requests.shortfall!.window['6h'][0]! > 0.9 && Number.isNaN(requests.shortfall!.window['24h'][0]!));
  assert.equal(seriesNamed(outlook, 'disk').shortfall, undefined);
  assert.equal(seriesNamed(outlook, 'disk').capacity, undefined);
  assert.ok(recommendation!.plan.replicas.at(-1)!.count >= 10);
  assert.ok(recommendation!.expected.current!.shortfallProbability > 0.99);
  assert.ok(recommendation!.expected.proposed.cost! < recommendation!.expected.current!.cost!);
  assert.equal(recommendation!.reasons.find((reason) => reason.code === 'binding')?.text.startsWith('requests'), true);
});

test('the shortfall of any series is at least that of each, and longer windows never less likely', () => {
  const { outlook } = assessWorkload(inputOf());
  const limited = outlook.series.filter((series) => series.shortfall !== undefined);
  assert.equal(limited.length, 2);
  for (let index = 1; index <= HORIZON; index++) {
    for (const { shortfall } of limited) {
      assert.ok(outlook.anyShortfall!.probability[index]! >= shortfall!.probability[index]!);
    }
    const { '1h': hour, '6h': sixHours } = outlook.anyShortfall!.window;
    assert.ok(Number.isNaN(sixHours[index]!) || sixHours[index]! >= hour[index]!);
  }
});

test('the probability at one step is the share of the forecast above capacity', () => {
  const { outlook } = assessWorkload(inputOf({ pathCount: 2000 }));
  const { probability } = seriesNamed(outlook, 'requests').shortfall!;
  for (const step of [10, 20, 30]) {
    const z = (120 - RISING.mean(step)) / RISING.spread;
    assert.ok(Math.abs(normalQuantile(1 - probability[step + 1]!) - z) < 0.02);
  }
});

test('the same input gives the same bits, another seed another id', () => {
  const first = assessWorkload(inputOf());
  assert.deepEqual(assessWorkload(inputOf()), first);
  assert.notEqual(assessWorkload(inputOf({ seed: 8 })).recommendation!.id, first.recommendation!.id);
});

test('more replicas never fall short more often, and the plan keeps within min and max and the risk', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 0.002, max: 0.3, noNaN: true }),
      (replicas, min, span, risk) => {
        const scaling = scalingOf({ min, max: Math.max(1, min + span), risk });
        const run = (count: number) => assessWorkload(inputOf({ replicas: count, scaling, pathCount: 100 }));
        const [few, more] = [run(replicas), run(replicas + 1)];
        few.outlook.anyShortfall!.probability.forEach((probability, index) => {
          assert.ok(index === 0 || (probability >= 0 && probability <= 1));
          assert.ok(index === 0 || more.outlook.anyShortfall!.probability[index]! <= probability);
        });
        const { committed, reserved, total, burst } = few.outlook.replicas!;
        total.forEach((count, index) => {
          assert.ok(count >= scaling.min && count <= scaling.max);
          assert.equal(committed[index]! + reserved[index]!, count);
          assert.ok(count + burst[index]! <= scaling.max);
          assert.ok(committed[index]! >= 0 && reserved[index]! >= 0 && burst[index]! >= 0);
        });
        const { text, values } = few.recommendation!.reasons.find((reason) => reason.code === 'plan')!;
        assert.ok(
          values!['risk']! <= risk || few.recommendation!.warnings.some((warning) => warning.includes('maximum')),
          text
        );
      }
    ),
    { numRuns: 25 }
  );
});

test('more accepted risk never gives a bigger plan', () => {
  const risks = [0.002, 0.01, 0.03, 0.1, 0.3];
  const plans = risks.map((risk) => assessWorkload(inputOf({ scaling: scalingOf({ risk }) })).outlook.replicas!.total);
  for (let i = 1; i < plans.length; i++) {
    assert.ok(plans[i]!.every((count, index) => count <= plans[i - 1]![index]!));
  }
  assert.ok(plans[4]![HORIZON]! < plans[0]![HORIZON]!);
});

test('the less sure the forecast, the less is committed and the more reserved', () => {
  const confidences: Array<AssessmentInput['confidence']> = [
    { historySeconds: 20 * 86_400, coverage80: 0.8 },
    { historySeconds: 5 * 86_400, coverage80: 0.8 },
    { historySeconds: 86_400, coverage80: 0.8 },
    { historySeconds: 86_400, coverage80: 0.5 },
  ];
  const wide: Shape = { mean: () => 200, spread: 30 };
  const runs = confidences.map((confidence) =>
    assessWorkload(
      inputOf({ confidence, series: [seriesOf('requests', 2, wide)], replicas: 100, scaling: scalingOf({ max: 300 }) })
    )
  );
  assert.deepEqual(
    runs.map((run) => run.recommendation!.confidence.level),
    ['high', 'medium', 'low', 'low']
  );
  const at = runs.map(({ outlook: { replicas } }) => ({
    committed: replicas!.committed[50]!,
    total: replicas!.total[50]!,
    reserved: replicas!.reserved[50]!,
  }));
  for (const [before, after] of [
    [0, 1],
    [1, 2],
  ] as const) {
    assert.ok(at[after]!.committed < at[before]!.committed);
    assert.ok(at[after]!.reserved > at[before]!.reserved);
    assert.ok(at[after]!.total >= at[before]!.total);
  }
  assert.ok(at[3]!.total > at[2]!.total, 'bands that miss more than they say ask for more');
});

test('shorter history, more drift and poorer coverage never commit more nor reserve less, each by itself', () => {
  const wide: Shape = { mean: () => 200, spread: 30 };
  const series = [seriesOf('requests', 2, wide)];
  const assurance = fc.record({
    historySeconds: fc.integer({ min: 0, max: 30 * 86_400 }),
    coverage80: fc.double({ min: 0, max: 1, noNaN: true }),
    drift: fc.double({ min: 0, max: 5, noNaN: true }),
  });
  const field = fc.constantFrom('historySeconds', 'coverage80', 'drift');
  const risk = fc.constantFrom(0.01, 0.3);
  fc.assert(
    fc.property(assurance, assurance, field, risk, (one, other, name, accepted) => {
      const [first, second] = [one, { ...one, [name]: other[name] }];
      const isLess = name === 'drift' ? second.drift >= first.drift : second[name] <= first[name];
      const [surer, lessSure] = isLess ? [first, second] : [second, first];
      const [more, less] = [surer, lessSure].map(
        (confidence) =>
          assessWorkload(
            inputOf({ confidence, series, replicas: 100, scaling: scalingOf({ max: 300, risk: accepted }) })
          ).outlook.replicas!
      );
      more!.committed.forEach((committed, step) => {
        assert.ok(less!.committed[step]! <= committed, `committed at ${String(step)}`);
        assert.ok(less!.reserved[step]! >= more!.reserved[step]!, `reserved at ${String(step)}`);
      });
    }),
    { numRuns: 30 }
  );
});

test('an unknown number of replicas, or no capacity, gives an outlook without shortfall and says why', () => {
  for (const replicas of [undefined, Number.NaN]) {
    const { replicas: known, ...rest } = inputOf();
    assert.equal(known, 6);
    const { outlook, recommendation } = assessWorkload(replicas === undefined ? rest : { ...rest, replicas });
    assert.equal(recommendation, undefined);
    assert.equal(outlook.replicas, undefined);
    assert.equal(outlook.anyShortfall, undefined);
    assert.equal(seriesNamed(outlook, 'requests').capacity, undefined);
    assert.match(outlook.warnings.join(), /Replicas are unknown/);
    assert.equal(
      seriesNamed(outlook, 'requests').values.filter(Number.isFinite).length,
      PUBLISHED_LEVELS.length * HORIZON
    );
  }
  const bare = assessWorkload(inputOf({ series: [seriesOf('requests', undefined, FLAT)] }));
  assert.equal(bare.recommendation, undefined);
  assert.match(bare.outlook.warnings.join(), /No series has a capacity/);
});

test('no replica at all is short for sure, and is raised', () => {
  const { outlook, recommendation } = assessWorkload(inputOf({ replicas: 0 }));
  assert.ok(outlook.anyShortfall!.probability.subarray(1).every((probability) => probability === 1));
  assert.equal(recommendation!.action, 'raise');
  assert.equal(recommendation!.plan.replicas[0]!.count, 0);
  assert.equal(recommendation!.plan.replicas[1]!.at, CUTOFF + 20 + 180);
});

test('a maximum that is too small is said, with how likely even it falls short', () => {
  const { recommendation } = assessWorkload(inputOf({ scaling: scalingOf({ max: 7 }) }));
  assert.match(
    recommendation!.warnings.join(),
    /Even the maximum of 7 replicas falls short: with probability .* raise scaling.max/
  );
  assert.equal(recommendation!.plan.replicas.at(-1)!.count, 7);
});

test('a shortfall before a new replica can serve is called unavoidable', () => {
  const surge: Shape = { mean: () => 200, spread: 5 };
  const { recommendation } = assessWorkload(
    inputOf({ series: [seriesOf('requests', 20, surge)], scaling: scalingOf({ leadTimeSeconds: 1200 }) })
  );
  assert.ok(recommendation!.reasons.some((reason) => reason.code === 'start-up'));
  assert.equal(recommendation!.plan.replicas[0]!.count, 6);
  assert.equal(recommendation!.plan.replicas[1]!.at, CUTOFF + 20 + 1200);
});

test('a horizon that ends before a replica would serve is said', () => {
  const { recommendation } = assessWorkload(inputOf({ scaling: scalingOf({ leadTimeSeconds: 86_400 }) }));
  assert.match(recommendation!.warnings.join(), /before a replica asked for now would serve/);
});

test('tiers have their prices, and without a price there is no cost', () => {
  const tierReplicaHour = { committed: 0.07, reserved: 0.12, burst: 0 };
  const { outlook } = assessWorkload(inputOf({ cost: { tierReplicaHour, currency: 'EUR' } }));
  const { committed, reserved } = outlook.replicas!;
  assert.ok(Math.abs(outlook.costHourly![40]! - committed[40]! * 0.07 - reserved[40]! * 0.12) < 1e-9);
  const free = assessWorkload(inputOf({ cost: { currency: 'EUR' } }));
  assert.equal(free.outlook.costHourly, undefined);
  assert.equal(free.recommendation!.expected.current!.cost, null);
  assert.equal(free.recommendation!.expected.proposed.cost, null);
});

test('each price that is set adds what it prices, and no other figure moves', () => {
  const run = (cost: AssessmentInput['cost'], unitSeconds = 1) =>
    assessWorkload(inputOf({ cost, unitSeconds })).recommendation!.expected.proposed;
  const plain = run({ replicaHour: 0.12, currency: 'USD' });
  const priced = (more: Partial<AssessmentInput['cost']>) => run({ replicaHour: 0.12, currency: 'USD', ...more });
  for (const more of [{ scaleAction: 1 }, { droppedThousand: 1 }, { idleReplicaHour: 1 }]) {
    const one = priced(more);
    assert.ok(one.cost! > plain.cost!, JSON.stringify(more));
    assert.deepEqual({ ...one, cost: 0 }, { ...plain, cost: 0 });
    const [[name]] = Object.entries(more) as [[string, number]];
    const twice = priced({ [name]: 2 });
    assert.ok(Math.abs(twice.cost! - plain.cost! - 2 * (one.cost! - plain.cost!)) < 1e-9);
  }
  const perMinute = run({ replicaHour: 0.12, droppedThousand: 1, currency: 'USD' }, 60);
  const perSecond = priced({ droppedThousand: 1 });
  assert.ok(Math.abs((perSecond.cost! - plain.cost!) / (perMinute.cost! - plain.cost!) - 60) < 1e-6);
});

test('replicas that slow each other down are asked for in greater number and are worth less', () => {
  const one = (scalability?: AssessmentInput['scalability']) =>
    assessWorkload(
      inputOf({
        series: [seriesOf('requests', 20, RISING), seriesOf('cpu', 1000, FLAT)],
        ...(scalability === undefined ? {} : { scalability }),
      })
    );
  const [free, slowed] = [one(), one({ contention: 0.02, coherence: 0.001 })];
  assert.ok(slowed.recommendation!.tiers.total > free.recommendation!.tiers.total);
  const capacity = ({ outlook }: typeof free, name: string) => seriesNamed(outlook, name).capacity![1]!;
  assert.ok(capacity(slowed, 'requests') < capacity(free, 'requests'));
  assert.equal(capacity(slowed, 'cpu'), capacity(free, 'cpu'));
  slowed.outlook.anyShortfall!.probability.forEach((probability, step) => {
    assert.ok(Number.isNaN(probability) || probability >= free.outlook.anyShortfall!.probability[step]!);
  });
  assert.deepEqual(one({ contention: 0, coherence: 0 }).outlook, free.outlook);
});

test('a dear violation says which smaller risk would cost less, and no price says nothing', () => {
  const run = (violationMinute?: number) =>
    assessWorkload(
      inputOf({
        scaling: scalingOf({ risk: 0.2 }),
        cost: { replicaHour: 0.1, ...(violationMinute === undefined ? {} : { violationMinute }), currency: 'USD' },
      })
    ).recommendation!;
  const dear = run(20);
  const reason = dear.reasons.find(({ code }) => code === 'sensitivity-price')!;
  assert.match(reason.text, /^At these prices an accepted risk of [\d.]+ % would cost less/);
  assert.ok(reason.values!['cost']! < reason.values!['planned']!);
  assert.ok(reason.values!['risk']! < 0.2);
  for (const cheap of [run(), run(1e-6)]) {
    assert.ok(!cheap.reasons.some(({ code }) => code === 'sensitivity-price'));
  }
});

test('bytes are told in binary units', () => {
  const memory: AssessedSeries = { ...seriesOf('memory', 4 * 2 ** 30, { mean: () => 20 * 2 ** 30, spread: 2 ** 28 }) };
  const { recommendation } = assessWorkload(inputOf({ series: [{ ...memory, unit: 'bytes' }] }));
  assert.match(recommendation!.reasons.find(({ code }) => code === 'binding')!.text, /2\d\.\d GiB .* carries 4 GiB/);
});

test('a recommendation does not flap when the forecast breathes', () => {
  const random = seededRandom(31);
  let replicas = 7;
  const floors: number[] = [];
  for (let round = 0; round < 30; round++) {
    const level = 112 + 1.5 * (random() - 0.5);
    const breathing: Shape = { mean: () => level, spread: 8 };
    const input = inputOf({ series: [seriesOf('requests', 20, breathing)], replicas, seed: round });
    replicas = assessWorkload(input).recommendation!.proposed.replicas;
    floors.push(replicas);
  }
  const changes = floors.filter((floor, i) => i > 0 && floor !== floors[i - 1]).length;
  assert.ok(changes <= 1, floors.join(' '));
});

test('input that contradicts itself is refused with the field', () => {
  const good = inputOf();
  const [requests] = good.series;
  const shifted = {
    ...requests!,
    name: 'late',
    forecast: { ...requests!.forecast, grid: { ...requests!.forecast.grid, startSeconds: CUTOFF } },
  };
  const holed = {
    ...requests!,
    forecast: { ...requests!.forecast, values: requests!.forecast.values.with(3, Number.NaN) },
  };
  const cases: ReadonlyArray<readonly [Partial<AssessmentInput>, RegExp]> = [
    [{ series: [] }, /series must hold/],
    [{ series: [requests!, shifted] }, /series\.late\.forecast must lie on the grid of requests/],
    [{ series: [holed] }, /series\.requests\.forecast must be finite/],
    [{ series: [{ ...requests!, perReplica: 0 }] }, /series\.requests\.perReplica must be more than 0/],
    [
      {
        series: [
          { ...requests!, history: { ...requests!.history, grid: { ...requests!.history.grid, startSeconds: 0 } } },
        ],
      },
      /series\.requests\.history/,
    ],
    [{ scaling: scalingOf({ min: 5, max: 4 }) }, /scaling\.max/],
    [{ scaling: scalingOf({ min: -1 }) }, /scaling\.min/],
    [{ scaling: scalingOf({ risk: 0 }) }, /scaling\.risk/],
    [{ scaling: scalingOf({ leadTimeSeconds: Number.NaN }) }, /scaling\.leadTime/],
    [{ scaling: scalingOf({ tiers: { committed: 2, burst: 0.9 } }) }, /scaling\.tiers\.committed/],
    [{ confidence: { historySeconds: 1, coverage80: 80 } }, /confidence\.coverage80/],
    [{ pathCount: 0 }, /pathCount/],
    [{ seed: Number.NaN }, /seed/],
  ];
  for (const [changes, message] of cases) {
    assert.throws(
      () => assessWorkload(inputOf(changes)),
      (error) => error instanceof HeadroomError && error.code === 'ASSESSMENT_INVALID' && message.test(error.message)
    );
  }
});

test('gaps in the history do not stop an assessment', () => {
  const series = seriesOf('requests', 20, RISING);
  series.history.values.fill(Number.NaN);
  assert.ok(assessWorkload(inputOf({ series: [series] })).recommendation !== undefined);
});

const upTo = (value: number, periodSeconds = STEP) => ({
  scaleUp: { policies: [{ type: 'Pods' as const, value, periodSeconds }] },
});

test('a plan rises no faster than limits allow, earlier where that suffices', () => {
  const series = [seriesOf('requests', 20, { mean: (step) => (step < 60 ? 100 : 200), spread: 8 })];
  const free = assessWorkload(inputOf({ series }));
  const limited = scalingOf({ limits: upTo(1, 3 * STEP) });
  const { outlook, recommendation } = assessWorkload(inputOf({ series, scaling: limited }));
  const total = outlook.replicas!.total;
  total.forEach((count, step) => {
    assert.ok(count <= (total[step - 3] ?? 6) + 1);
    assert.ok(count >= free.outlook.replicas!.total[step]!);
  });
  assert.ok(recommendation!.reasons.some(({ code }) => code === 'limits'));
  assert.ok(!recommendation!.reasons.some(({ code }) => code === 'limits-too-slow'));
});

test('a need that limits keep out of reach is told with the risk as it then is', () => {
  const series = [seriesOf('requests', 20, { mean: () => 300, spread: 8 })];
  const { recommendation } = assessWorkload(inputOf({ series, scaling: scalingOf({ limits: upTo(1) }) }));
  const { proposed, reasons, warnings } = recommendation!;
  assert.equal(proposed.replicas, 7);
  const slow = reasons.find(({ code }) => code === 'limits-too-slow')!;
  assert.equal(slow.values!['replicas'], 7);
  assert.ok(slow.values!['risk']! > 0.05);
  assert.ok(warnings.some((warning) => warning.includes('scaling.limits')));
  assert.ok(!warnings.some((warning) => warning.includes('raise scaling.max')));
});

test('what was added within the period counts', () => {
  const series = [seriesOf('requests', 20, { mean: () => 300, spread: 8 })];
  const { grid } = series[0]!.history;
  const replicaHistory = {
    grid,
    values: Float64Array.from({ length: grid.length }, (_, i) => (i < grid.length - 2 ? 4 : 6)),
  };
  const floorOf = (periodSeconds: number) =>
    assessWorkload(inputOf({ series, replicaHistory, scaling: scalingOf({ limits: upTo(3, periodSeconds) }) }))
      .recommendation!.proposed.replicas;
  assert.equal(floorOf(STEP), 9);
  assert.equal(floorOf(6 * STEP), 7);
});
