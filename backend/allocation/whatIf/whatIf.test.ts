import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { recommendationSchema, type PlanFile, type Scenario } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { normalQuantile } from '../../statistics/index.ts';
import { planCounts } from './planCounts.ts';
import { scenarioWeights } from './scenarioWeights.ts';
import { whatIf } from './whatIf.ts';
import { EXAMPLE_SERVICE } from './whatIfService.fixture.ts';
import type { FrontierPoint, PlanReport, WhatIfInput, WhatIfReport, WhatIfSeries } from './whatIfTypes.ts';

const STEP = 300;
const STEPS = 48;
const CUTOFF = 1_700_006_400;

function seriesOf(name: string, level: number, perReplica?: number): WhatIfSeries {
  const random = seededRandom(level);
  const values = new Float64Array(PUBLISHED_LEVELS.length * STEPS);
  PUBLISHED_LEVELS.forEach((share, row) => {
    values.fill(level * (1 + 0.08 * normalQuantile(share)), row * STEPS, (row + 1) * STEPS);
  });
  const length = 5 * 288;
  return {
    name,
    unit: '',
    forecast: {
      grid: { startSeconds: CUTOFF + STEP, stepSeconds: STEP, length: STEPS },
      levels: PUBLISHED_LEVELS,
      values,
    },
    history: {
      grid: { startSeconds: CUTOFF - (length - 1) * STEP, stepSeconds: STEP, length },
      values: Float64Array.from({ length }, () => level * (1 + 0.08 * randomNormal(random))),
    },
    ...(perReplica === undefined ? {} : { perReplica }),
  };
}

const plan = (name: string, count: number): PlanFile => ({ name, replicas: [{ at: '0', count }] });

function inputOf(changes: Partial<WhatIfInput> = {}): WhatIfInput {
  return {
    series: [seriesOf('requests', 400, 50), seriesOf('cpu', 9)],
    scenarios: [],
    plans: [plan('few', 7), plan('many', 12)],
    service: EXAMPLE_SERVICE,
    levels: [0.1, 0.5, 0.9],
    confidence: { historySeconds: 20 * 86_400 },
    pathCount: 300,
    seed: 5,
    ...changes,
  };
}

function runWhatIf(input: WhatIfInput): WhatIfReport {
  const simulation = whatIf(input);
  for (let next = simulation.next(); ; next = simulation.next()) {
    if (next.done === true) {
      return next.value;
    }
    assert.ok(next.value.done <= next.value.total);
  }
}

const planOf = (report: WhatIfReport, scenario: string, name: string): PlanReport =>
  report.scenarios.find((one) => one.scenario === scenario)!.plans.find((one) => one.plan === name)!;

const REACTIVE = { targetUtilization: 0.7, delaySeconds: 330, downStabilizationSeconds: 300 };

const SPIKE: Scenario = { name: 'spike', interventions: [{ kind: 'scale', target: 'requests', factor: 1.5 }] };

test('the baseline is reported first, with distributions, every plan and a valid recommendation', () => {
  const report = runWhatIf(inputOf());
  assert.deepEqual(
    report.scenarios.map(({ scenario, weight }) => [scenario, weight]),
    [['baseline', 1]]
  );
  const [{ demand, resources, plans }] = report.scenarios as [WhatIfReport['scenarios'][0]];
  assert.equal(demand.values.length, 3);
  assert.ok(Math.abs(demand.values[1]![7]! - 400) < 2);
  assert.ok(Math.abs(resources['cpu']!.values[2]![40]! - 9 * (1 + 0.08 * normalQuantile(0.9))) < 0.1);
  assert.deepEqual(
    plans.map((one) => one.plan),
    ['few', 'many', 'recommended']
  );
  recommendationSchema.parse(report.recommendation);
  assert.ok(report.frontiers['scheduled-floor']!.length > 2);
  const recommended = planOf(report, 'baseline', 'recommended');
  assert.ok(recommended.shortfallProbabilityWindow <= 0.02 + 1e-9);
});

test('a plan with more replicas costs more, falls short less, is used less and answers no slower', () => {
  const report = runWhatIf(inputOf({ scenarios: [SPIKE] }));
  for (const scenario of ['baseline', 'spike']) {
    const [few, many] = [planOf(report, scenario, 'few'), planOf(report, scenario, 'many')];
    assert.ok(many.replicaHours > few.replicaHours && many.utilization! < few.utilization!);
    assert.ok(many.shortfallProbabilityWindow <= few.shortfallProbabilityWindow);
    many.shortfallProbability.forEach((probability, step) => {
      assert.ok(probability >= 0 && probability <= few.shortfallProbability[step]! && probability <= 1);
    });
    assert.ok(many.latencySeconds!.p99 <= few.latencySeconds!.p99 + 1e-6);
    assert.ok(many.sloAttainment! >= few.sloAttainment! - 1e-9);
  }
});

test('a scenario that does nothing is the baseline to the bit', () => {
  const report = runWhatIf(inputOf({ scenarios: [{ name: 'nothing', interventions: [] }] }));
  const [baseline, nothing] = report.scenarios;
  const { scenario: _a, weight: _b, ...base } = baseline!;
  const { scenario: _c, weight: _d, ...same } = nothing!;
  assert.deepEqual([_a, _b, _c, _d], ['baseline', 0, 'nothing', 1]);
  assert.deepEqual(same, base);
});

test('the same seed gives the same bits, and the baseline does not feel the scenarios beside it', () => {
  const alone = runWhatIf(inputOf());
  assert.deepEqual(runWhatIf(inputOf()), alone);
  const beside = runWhatIf(inputOf({ scenarios: [SPIKE] }));
  assert.deepEqual(planOf(beside, 'baseline', 'few'), planOf(alone, 'baseline', 'few'));
  assert.deepEqual(beside.scenarios[0]!.demand, alone.scenarios[0]!.demand);
  assert.notDeepEqual(runWhatIf(inputOf({ seed: 6 })).scenarios[0]!.plans, alone.scenarios[0]!.plans);
});

test('half again the demand asks for half again the replicas; by its probability for less', () => {
  const floor = (scenarios: readonly Scenario[]) => runWhatIf(inputOf({ scenarios })).recommendation!.proposed.replicas;
  const [baseline, sure, unlikely] = [floor([]), floor([SPIKE]), floor([{ ...SPIKE, probability: 0.001 }])];
  assert.ok(sure >= 1.4 * baseline, `${String(sure)} ${String(baseline)}`);
  assert.ok(unlikely < sure);
});

test('replicas that a scenario takes away are asked for on top', () => {
  const loss: Scenario = { name: 'zone-loss', interventions: [{ kind: 'capacity', target: 'replicas', factor: 0.5 }] };
  const report = runWhatIf(inputOf({ scenarios: [loss] }));
  assert.ok(planOf(report, 'zone-loss', 'many').shortfallProbabilityWindow > 0.99);
  assert.equal(planOf(report, 'baseline', 'many').shortfallProbabilityWindow, 0);
  assert.ok(report.recommendation!.proposed.replicas >= 18);
});

test('a resource with a capacity of its own can bind', () => {
  const series = [seriesOf('requests', 400, 50), seriesOf('cpu', 30, 2)];
  const report = runWhatIf(inputOf({ series }));
  assert.ok(report.recommendation!.proposed.replicas >= 16);
  assert.match(report.recommendation!.reasons.find(({ code }) => code === 'binding')!.text, /^cpu/);
});

test('each kind has its own points, and the frontier those of all kinds that no other beats in cost and risk', () => {
  const input = inputOf({ series: [seriesOf('requests', 400, 50), seriesOf('cpu', 9, 2)] });
  const prices = { replicaHour: 0.1, violationMinute: 0.002 };
  const { frontier, frontiers } = runWhatIf({ ...input, service: { ...EXAMPLE_SERVICE, reactive: REACTIVE, prices } });
  assert.deepEqual(Object.keys(frontiers), ['static', 'scheduled-floor', 'floor-and-reactive', 'requests']);
  const scheduled = frontiers['scheduled-floor']!;
  for (let i = 1; i < scheduled.length; i++) {
    assert.ok(scheduled[i]!.shortfallProbabilityWindow <= scheduled[i - 1]!.shortfallProbabilityWindow);
    assert.ok(scheduled[i]!.replicaHours >= scheduled[i - 1]!.replicaHours);
  }
  const all = Object.values(frontiers).flat();
  const beats = (one: FrontierPoint, other: FrontierPoint) =>
    one.cost! <= other.cost! &&
    one.shortfallProbabilityWindow <= other.shortfallProbabilityWindow &&
    (one.cost! < other.cost! || one.shortfallProbabilityWindow < other.shortfallProbabilityWindow);
  assert.ok(frontier.length > 2);
  for (const point of all) {
    assert.equal(new Set(all.map(({ plan: name }) => name)).size, all.length);
    const isBeaten = all.some((other) => beats(other, point));
    const isEqualled = frontier.some((other) => other.plan !== point.plan && other.cost === point.cost);
    assert.equal(frontier.includes(point), !isBeaten && !isEqualled, point.plan);
  }
  for (const { kind, requests } of all) {
    assert.equal(requests !== null, kind === 'requests');
  }
});

test('without a price of replicas the frontier is one of replica hours and risk', () => {
  const { frontier } = runWhatIf(inputOf({ service: { ...EXAMPLE_SERVICE, prices: {} } }));
  assert.ok(frontier.length > 2);
  for (let i = 1; i < frontier.length; i++) {
    assert.equal(frontier[i]!.cost, null);
    assert.ok(frontier[i]!.shortfallProbabilityWindow < frontier[i - 1]!.shortfallProbabilityWindow);
    assert.ok(frontier[i]!.replicaHours > frontier[i - 1]!.replicaHours);
  }
});

test('without a service there are distributions and nothing about plans; without prices no cost; without a model no latency', () => {
  const { service: _, ...bare } = inputOf();
  assert.equal(_, EXAMPLE_SERVICE);
  const report = runWhatIf(bare);
  assert.equal(report.recommendation, null);
  assert.deepEqual(report.frontier, []);
  assert.deepEqual(report.scenarios[0]!.plans, []);
  const { model, ...simple } = EXAMPLE_SERVICE;
  assert.notEqual(model, undefined);
  const few = planOf(runWhatIf(inputOf({ service: { ...simple, prices: {} } })), 'baseline', 'few');
  assert.deepEqual([few.cost, few.latencySeconds, few.dropped, few.sloAttainment], [null, null, null, null]);
  assert.ok(few.throughput > 300);
});

test('many paths are streamed: their quantiles and risks agree with those of few', () => {
  const [few, many] = [runWhatIf(inputOf({ pathCount: 2000 })), runWhatIf(inputOf({ pathCount: 6000 }))];
  assert.ok(Math.abs(few.scenarios[0]!.demand.values[2]![9]! / many.scenarios[0]!.demand.values[2]![9]! - 1) < 2e-3);
  const risk = (report: WhatIfReport) => planOf(report, 'baseline', 'few').shortfallProbabilityWindow;
  assert.ok(Math.abs(risk(few) - risk(many)) < 0.01);
});

test('a caller may stop after any block', () => {
  const simulation = whatIf(inputOf({ pathCount: 50_000 }));
  assert.equal(simulation.next().done, false);
  assert.equal(simulation.return({} as WhatIfReport).done, true);
  assert.equal(simulation.next().done, true);
});

const refused = (changes: Partial<WhatIfInput>, code: string, message: RegExp) => {
  assert.throws(
    () => whatIf(inputOf(changes)).next(),
    (error) => error instanceof HeadroomError && error.code === code && message.test(error.message),
    String(message)
  );
};

test('bad scenarios and plans are refused with the field before anything is simulated', () => {
  const late: PlanFile = {
    name: 'late',
    replicas: [
      { at: '0', count: 3 },
      { at: '4h1m', count: 5 },
    ],
  };
  refused({ plans: [plan('huge', 41)] }, 'PLAN_INVALID', /huge: replicas\[0\]\.count is beyond max 40/);
  refused({ plans: [plan('none', 0)] }, 'PLAN_INVALID', /none: replicas\[0\]\.count is below min 1/);
  refused({ plans: [late] }, 'PLAN_INVALID', /late: replicas\[1\]\.at lies after the horizon of 4h/);
  refused({ plans: [{ name: 'back', replicas: [...late.replicas, { at: '1h', count: 2 }] }] }, 'PLAN_INVALID', /at/);
  refused({ plans: [plan('a', 3), plan('a', 4)] }, 'PLAN_INVALID', /a: name is taken/);
  refused({ plans: [plan('recommended', 3)] }, 'PLAN_INVALID', /name is taken/);
  refused({ scenarios: [{ ...SPIKE, name: 'baseline' }] }, 'SCENARIO_INVALID', /name is taken/);
  const taken: Scenario = { name: 'loss', interventions: [{ kind: 'capacity', target: 'replicas', add: -9 }] };
  refused({ scenarios: [taken] }, 'SCENARIO_INVALID', /interventions\[0\]\.add takes 9 replicas where plan few has 7/);
});

test('a plan holds its last value, and before its first the replicas of now', () => {
  const grid = { startSeconds: CUTOFF + STEP, stepSeconds: STEP, length: 6 };
  const { counts } = planCounts(
    {
      name: 'p',
      replicas: [
        { at: '10m', count: 4 },
        { at: '20m', count: 6 },
      ],
    },
    grid,
    EXAMPLE_SERVICE
  );
  assert.deepEqual([...counts], [10, 4, 4, 6, 6, 6]);
});

test('weights of baseline and scenarios are a distribution', () => {
  const named = (probability: number | undefined): Scenario => ({
    name: 'x',
    interventions: [],
    ...(probability === undefined ? {} : { probability }),
  });
  assert.deepEqual(scenarioWeights([]), [1]);
  assert.deepEqual(scenarioWeights([named(undefined)]), [0, 1]);
  assert.deepEqual(scenarioWeights([named(0.25), named(0.25)]), [0.5, 0.25, 0.25]);
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }), { maxLength: 5 }),
      (shares) => {
        const weights = scenarioWeights(shares.map(named));
        assert.ok(weights.every((weight) => weight >= 0));
        assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9);
      }
    )
  );
});

test('what is dropped has its price in the recommendation and on the frontier too', () => {
  const costs = (droppedThousand?: number) => {
    const prices = { ...EXAMPLE_SERVICE.prices, ...(droppedThousand === undefined ? {} : { droppedThousand }) };
    const { recommendation, frontiers } = runWhatIf(inputOf({ service: { ...EXAMPLE_SERVICE, current: 6, prices } }));
    return [recommendation!.expected.current!.cost!, frontiers['scheduled-floor']![0]!.cost!];
  };
  const [without, cheap, dear] = [costs(), costs(1), costs(2)];
  without.forEach((cost, i) => {
    assert.ok(cheap[i]! > cost);
    assert.ok(Math.abs(dear[i]! - cost - 2 * (cheap[i]! - cost)) < 1e-6 * dear[i]!);
  });
});

test('plans that change faster than the limits allow are judged and told', () => {
  const limits = { scaleUp: { policies: [{ type: 'Pods' as const, value: 1, periodSeconds: 300 }] } };
  const { warnings, recommendation } = runWhatIf(inputOf({ service: { ...EXAMPLE_SERVICE, current: 6, limits } }));
  assert.deepEqual(
    warnings.filter((warning) => warning.includes('faster than limits allow')).map((warning) => warning.split(' ')[1]),
    ['many']
  );
  const counts = recommendation!.plan.replicas.map(({ count }) => count);
  assert.ok(counts.every((count, i) => i === 0 || count <= counts[i - 1]! + 1));
});

test('candidates of each kind are compared, and each scenario tells what it asks for', () => {
  const more: Scenario = {
    name: 'more',
    interventions: [{ kind: 'scale', target: 'requests', factor: 2, start: '0', duration: '4h' }],
    probability: 0.2,
  };
  const { candidates, scenarios } = runWhatIf(
    inputOf({ scenarios: [more], service: { ...EXAMPLE_SERVICE, reactive: REACTIVE } })
  );
  assert.deepEqual(
    candidates.map(({ kind }) => kind),
    ['static', 'scheduled-floor', 'floor-and-reactive']
  );
  const [fixed, scheduled, both] = candidates;
  assert.ok(candidates.every(({ isWithinRisk }) => isWithinRisk));
  assert.ok(scheduled!.replicaHours <= fixed!.replicaHours * 1.01);
  assert.ok(both!.reactiveHours >= 0 && fixed!.reactiveHours === 0);
  assert.ok(scenarios[1]!.asked!.peak > 1.8 * scenarios[0]!.asked!.peak);
  const { service, ...without } = inputOf({ plans: [] });
  assert.ok(service !== undefined);
  const unknown = runWhatIf(without);
  assert.deepEqual([unknown.candidates, unknown.scenarios[0]!.asked], [[], null]);
});
