import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scenarioSchema, type Intervention, type Scenario } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { PathBlock } from '../samplePaths.ts';
import { SCENARIO_USES } from './scenarioUses.ts';
import { scenarioWords } from './scenarioWords.ts';
import { BUILT_IN_SCENARIOS } from './builtInScenarios.ts';
import type { ScenarioContext } from './compiledScenario.ts';
import { compileScenario } from './compileScenario.ts';
import { envelopeAt, meanEnvelope, type Envelope } from './envelope.ts';
import { proportionalMap } from './resourceMap.ts';
import { resourceResponse } from './resourceResponse.ts';
import { scenarioFromNow } from './scenarioFromNow.ts';
import { scenarioRun, type ChangedPaths } from './scenarioRun.ts';

const STEP = 300;
const STEPS = 48;
const CONTEXT: ScenarioContext = {
  demand: 'requests',
  resources: ['cpu', 'disk'],
  stepSeconds: STEP,
  stepCount: STEPS,
};
const TYPICAL = [100, 10, 5];
const PATHS = 40;

function blockOf(): PathBlock {
  const random = seededRandom(2);
  const values = Float64Array.from({ length: PATHS * 3 * STEPS }, (_, i) => {
    const series = Math.floor(i / STEPS) % 3;
    return TYPICAL[series]! * (1 + 0.2 * random());
  });
  return { firstPath: 0, pathCount: PATHS, seriesCount: 3, stepCount: STEPS, values };
}

function run(interventions: readonly Intervention[], seed = 1): ChangedPaths {
  const compiled = compileScenario({ name: 'test', interventions: [...interventions] }, CONTEXT);
  return scenarioRun(compiled, { stepSeconds: STEP, typical: TYPICAL, maps: [0, 0.1, 0].map(proportionalMap), seed })(
    blockOf()
  );
}

const at = (values: Float64Array, path: number, series: number, step: number) =>
  values[(path * 3 + series) * STEPS + step]!;

/** The steps at which a series differs from the baseline on one path. */
function changedSteps(values: Float64Array, series: number, path = 0): readonly number[] {
  const base = blockOf().values;
  return Array.from({ length: STEPS }, (_, step) => step).filter(
    (step) => at(values, path, series, step) !== at(base, path, series, step)
  );
}

test('a scenario tells the steps beside which every path keeps its bits and its replicas', () => {
  const base = blockOf().values;
  const steps = fc.integer({ min: 0, max: 20 });
  const minutes = (count: number) => `${String(5 * count)}m`;
  const timed = fc.record({
    target: fc.constantFrom('demand', 'cpu', 'replicas'),
    factor: fc.double({ min: 0, max: 3, noNaN: true }),
    start: fc.oneof(
      steps.map(minutes),
      fc.tuple(steps, steps).map(([from, more]): [string, string] => [minutes(from), minutes(from + more)])
    ),
    duration: steps.map((count) => minutes(1 + count)),
    probability: fc.constantFrom(0.5, 1),
  });
  fc.assert(
    fc.property(fc.array(timed, { minLength: 1, maxLength: 3 }), (changes) => {
      const { values, capacity, changed } = run(
        changes.map(({ target, ...rest }) => ({
          ...rest,
          target,
          kind: target === 'replicas' ? 'capacity' : 'scale',
        }))
      );
      values.forEach((value, cell) => {
        const { first, end } = changed.series[Math.floor(cell / STEPS) % 3]!;
        const step = cell % STEPS;
        if (step < first || step >= end) {
          assert.equal(value, base[cell]);
        }
      });
      const { first, end } = changed.capacity;
      for (let cell = 0; cell < (capacity?.factor.length ?? 0); cell++) {
        const isInside = cell % STEPS >= first && cell % STEPS < end;
        assert.ok(isInside || (capacity!.factor[cell] === 1 && capacity!.add[cell] === 0));
      }
    }),
    { numRuns: 40 }
  );
  assert.deepEqual(run([{ kind: 'scale', target: 'demand', factor: 2, start: '1h', duration: '1h' }]).changed, {
    series: [
      { first: 11, end: 23 },
      { first: 11, end: 23 },
      { first: 0, end: 0 },
    ],
    capacity: { first: 0, end: 0 },
  });
});

test('a scenario that does nothing is the baseline to the bit', () => {
  assert.deepEqual(run([]).values, blockOf().values);
  assert.deepEqual(run([{ kind: 'scale', target: 'demand', factor: 1 }]).values, blockOf().values);
  assert.equal(run([]).capacity, undefined);
});

test('a fifth more demand is a fifth more on every path, and resources follow by their slope', () => {
  const base = blockOf().values;
  const { values } = run([{ kind: 'scale', target: 'requests', factor: 1.2 }]);
  for (let step = 0; step < STEPS; step++) {
    assert.ok(Math.abs(at(values, 3, 0, step) - 1.2 * at(base, 3, 0, step)) < 1e-9);
    assert.ok(Math.abs(at(values, 3, 1, step) - at(base, 3, 1, step) - 0.1 * 0.2 * at(base, 3, 0, step)) < 1e-9);
  }
  assert.deepEqual(changedSteps(values, 2), []);
});

test('interventions act from their start for their duration, and only then', () => {
  const { values } = run([{ kind: 'step', target: 'cpu', add: 3, start: '30m', duration: '1h' }]);
  assert.deepEqual(
    changedSteps(values, 1),
    Array.from({ length: 12 }, (_, i) => i + 5)
  );
  assert.deepEqual(changedSteps(values, 0), []);
});

test('an attack adds load whatever the demand, so that a factor of 3 adds twice the usual', () => {
  const base = blockOf().values;
  const { values } = run([
    { kind: 'attack', target: 'demand', factor: 3, start: '1h', duration: '2h', rampUp: '0', rampDown: '0' },
  ]);
  for (const path of [0, 7]) {
    assert.ok(Math.abs(at(values, path, 0, 20) - at(base, path, 0, 20) - 200) < 1e-9);
  }
});

test('a ramp reaches its factor at the end of its duration and stays there', () => {
  const base = blockOf().values;
  const { values } = run([{ kind: 'ramp', target: 'demand', factor: 2, duration: '2h' }]);
  const ratio = (step: number) => at(values, 0, 0, step) / at(base, 0, 0, step);
  assert.ok(Math.abs(ratio(47) - 2) < 1e-9 && Math.abs(ratio(30) - 2) < 1e-9);
  assert.ok(ratio(2) > 1 && ratio(2) < ratio(10) && ratio(10) < 1.6);
});

test('capacity is multiplied and added to, step by step, and demand is left alone', () => {
  const { values, capacity } = run([
    { kind: 'capacity', target: 'replicas', factor: 0.5, start: '1h' },
    { kind: 'capacity', target: 'replicas', add: 2 },
  ]);
  assert.deepEqual(values, blockOf().values);
  assert.deepEqual([capacity!.factor[0], capacity!.add[0]], [1, 2]);
  assert.deepEqual([capacity!.factor[40], capacity!.add[40]], [0.5, 2]);
});

test('interventions compose in their order', () => {
  const base = blockOf().values;
  const { values } = run([
    { kind: 'scale', target: 'demand', factor: 2 },
    { kind: 'load', target: 'demand', add: 50 },
  ]);
  assert.ok(Math.abs(at(values, 0, 0, 9) - 2 * at(base, 0, 0, 9) - 50) < 1e-9);
});

test('nothing falls below zero that was not', () => {
  const { values } = run([{ kind: 'step', target: 'demand', add: -1e6 }]);
  assert.ok(values.every((value) => value >= 0));
});

test('a start in a range and a probability are drawn for each path, the same for the same seed', () => {
  const drawn: Intervention = {
    kind: 'step',
    target: 'demand',
    add: 9,
    start: ['0h', '3h'],
    duration: '30m',
    probability: 0.5,
  };
  const { values } = run([drawn]);
  const starts = Array.from({ length: PATHS }, (_, path) => changedSteps(values, 0, path)[0]);
  const happened = starts.filter((start) => start !== undefined);
  assert.ok(happened.length > 8 && happened.length < 32, String(happened.length));
  assert.ok(new Set(happened).size > 5);
  assert.deepEqual(run([drawn]).values, values);
  assert.notDeepEqual(run([drawn], 2).values, values);
});

test('the same path meets the same chance of one intervention whatever else is in the scenario', () => {
  const drawn: Intervention = { kind: 'step', target: 'demand', add: 9, start: ['0h', '3h'], duration: '30m' };
  const alone = run([drawn]).values;
  const beside = run([drawn, { kind: 'scale', target: 'disk', factor: 2, probability: 0.3 }]).values;
  for (let path = 0; path < PATHS; path++) {
    assert.deepEqual(changedSteps(beside, 0, path), changedSteps(alone, 0, path));
  }
});

test('envelopes stay between 0 and 1 and are 0 before they begin and after they end', () => {
  const shape = fc.constantFrom('step', 'ramp', 'plateau', 'triangle', 'exponential');
  fc.assert(
    fc.property(
      shape,
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: -9000, max: 20_000 }),
      (kind, duration, time) => {
        const envelope: Envelope = {
          shape: kind,
          durationSeconds: duration,
          rampUpSeconds: duration / 4,
          rampDownSeconds: duration / 2,
          isLasting: false,
        };
        const value = envelopeAt(envelope, time);
        assert.ok(value >= 0 && value <= 1);
        assert.ok((time >= 0 && time < duration) || value === 0);
        const mean = meanEnvelope(envelope, time, STEP);
        assert.ok(mean >= 0 && mean <= 1);
      }
    )
  );
});

test('a plateau rises, holds and falls as its ramps say', () => {
  const plateau: Envelope = {
    shape: 'plateau',
    durationSeconds: 100,
    rampUpSeconds: 10,
    rampDownSeconds: 50,
    isLasting: false,
  };
  assert.deepEqual(
    [0, 5, 10, 50, 75, 100].map((time) => envelopeAt(plateau, time)),
    [0, 0.5, 1, 1, 0.5, 0]
  );
});

test('every scenario that ships is valid, acts, and has its use told', () => {
  const names = BUILT_IN_SCENARIOS.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 5), ['api-spike', 'added-vm', 'denial-of-service', 'data-load', 'user-growth']);
  assert.deepEqual(Object.keys(SCENARIO_USES), names);
  for (const scenario of BUILT_IN_SCENARIOS) {
    scenarioSchema.parse(scenario);
    const context = { ...CONTEXT, stepCount: 96 };
    const compiled = compileScenario(scenario, { ...context, resources: ['cpu', 'disk'] });
    const paths = scenarioRun(compiled, {
      stepSeconds: STEP,
      typical: TYPICAL,
      maps: [0, 0.1, 0].map(proportionalMap),
      seed: 1,
    })(blockOf());
    assert.ok(
      paths.capacity !== undefined ||
        changedSteps(paths.values, 0).length > 0 ||
        changedSteps(paths.values, 1).length > 0,
      scenario.name
    );
    assert.equal(scenarioWords(scenario).length, scenario.interventions.length);
    if (scenario.name !== 'heavier-deployment') {
      compileScenario(scenario, { ...context, resources: [] });
    }
  }
});

test('a scenario from now on begins at the cutoff, keeps its distances and leaves nothing to chance', () => {
  const compiled = compileScenario(
    {
      name: 'later',
      interventions: [
        { kind: 'step', target: 'demand', add: 9, start: ['1h', '2h'], duration: '1h', probability: 0.2 },
        { kind: 'step', target: 'demand', add: 1, start: '90m', duration: '1h' },
      ],
    },
    CONTEXT
  );
  const starts = scenarioFromNow(compiled).interventions.map(({ startSeconds }) => startSeconds);
  assert.deepEqual(starts, [
    [0, 0],
    [1800, 1800],
  ]);
  assert.ok(scenarioFromNow(compiled).interventions.every(({ probability }) => probability === 1));
  assert.deepEqual(scenarioFromNow({ name: 'nothing', interventions: [] }).interventions, []);
});

test('what contradicts itself is refused with scenario and field', () => {
  const base: Intervention = { kind: 'spike', target: 'demand', factor: 2, start: '30m', duration: '1h' };
  const { duration: _d, ...endless } = base;
  const { factor: _f, ...empty } = base;
  assert.ok(_d === '1h' && _f === 2);
  const cases: ReadonlyArray<readonly [Intervention, string]> = [
    [{ ...base, start: '5h' }, 'start'],
    [{ ...base, start: '4h' }, 'start'],
    [{ ...base, start: ['1h', '9h'] }, 'start'],
    [{ ...base, start: ['2h', '1h'] }, 'start'],
    [{ ...base, target: 'gpu' }, 'target'],
    [{ ...base, target: 'replicas' }, 'target'],
    [{ ...base, kind: 'capacity' }, 'target'],
    [{ ...base, duration: '0' }, 'duration'],
    [endless, 'duration'],
    [empty, 'factor'],
    [{ ...base, kind: 'scale', add: 3 }, 'add'],
    [{ ...base, kind: 'attack', factor: 0.5 }, 'factor'],
    [{ ...base, kind: 'load', add: -1 }, 'add'],
    [{ ...base, rampUp: '40m', rampDown: '30m' }, 'rampUp'],
    [{ ...base, shape: 'triangle', rampDown: '5m' }, 'rampDown'],
    [{ ...base, kind: 'ramp', shape: 'step' }, 'shape'],
    [{ ...base, kind: 'step', shape: 'plateau' }, 'shape'],
  ];
  for (const [intervention, field] of cases) {
    const scenario: Scenario = { name: 'odd', interventions: [base, intervention] };
    assert.throws(
      () => compileScenario(scenario, CONTEXT),
      (error) =>
        error instanceof HeadroomError &&
        error.code === 'SCENARIO_INVALID' &&
        error.message.startsWith(`odd: interventions[1].${field} `),
      JSON.stringify(intervention)
    );
  }
});

test('what cannot be simulated yet is an error that names the field, never ignored', () => {
  const scenario: Scenario = { name: 'slow', interventions: [{ kind: 'latency', target: 'demand', factor: 2 }] };
  assert.throws(
    () => compileScenario(scenario, CONTEXT),
    (error) =>
      error instanceof HeadroomError &&
      error.code === 'SCENARIO_UNSUPPORTED' &&
      error.message.includes('interventions[0].kind')
  );
});

test('how a resource follows demand is found through outliers and gaps', () => {
  const random = seededRandom(9);
  const x = Float64Array.from({ length: 500 }, () => 100 + 30 * randomNormal(random));
  const y = x.map((value, i) =>
    i % 20 === 0 ? 900 : i % 33 === 0 ? Number.NaN : 4 + 0.5 * value + randomNormal(random)
  );
  const grid = { startSeconds: 0, stepSeconds: STEP, length: 500 };
  const { slope, warning } = resourceResponse({ grid, values: x }, { grid, values: y });
  assert.ok(Math.abs(slope - 0.5) < 0.02, String(slope));
  assert.equal(warning, undefined);
});

test('a resource that cannot be seen to follow demand is left alone, with the reason', () => {
  const series = (values: readonly number[]): Series => ({
    grid: { startSeconds: 0, stepSeconds: STEP, length: values.length },
    values: Float64Array.from(values),
  });
  const rising = Array.from({ length: 50 }, (_, i) => i);
  const cases = [
    [rising, rising.map((value) => -value), /fell while demand rose/],
    [rising.map(() => 5), rising, /never changed/],
    [rising.slice(0, 10), rising.slice(0, 10), /only 10 measurements/],
  ] as const;
  for (const [x, y, reason] of cases) {
    const { slope, warning } = resourceResponse(series(x), series(y));
    assert.equal(slope, 0);
    assert.match(warning!, reason);
  }
});

test('any scenario that the schema allows either acts with finite values or is refused with a code', () => {
  const duration = fc.constantFrom('0', '1s', '5m', '30m', '1h', '3h', '4h', '9d', '10y');
  const intervention = fc.record(
    {
      kind: fc.constantFrom('scale', 'spike', 'ramp', 'step', 'attack', 'load', 'capacity', 'latency'),
      target: fc.constantFrom('demand', 'requests', 'cpu', 'resources', 'replicas', 'gpu', '__proto__'),
      factor: fc.double({ min: 0, max: 1e3, noNaN: true }),
      add: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      start: fc.oneof(duration, fc.tuple(duration, duration)),
      duration,
      shape: fc.constantFrom('step', 'ramp', 'plateau', 'triangle', 'exponential'),
      rampUp: duration,
      rampDown: duration,
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    },
    { requiredKeys: ['kind', 'target'] }
  );
  let acted = 0;
  fc.assert(
    fc.property(fc.array(intervention, { maxLength: 3 }), (interventions) => {
      const scenario = scenarioSchema.parse({ name: 'any', interventions });
      try {
        const { values, capacity } = run(scenario.interventions);
        acted++;
        assert.ok(values.every((value) => Number.isFinite(value) && value >= 0));
        assert.ok(capacity?.factor.every(Number.isFinite) ?? true);
      } catch (error) {
        assert.ok(error instanceof HeadroomError && error.code.startsWith('SCENARIO_'), String(error));
      }
    }),
    { numRuns: 300 }
  );
  assert.ok(acted > 20, String(acted));
});
