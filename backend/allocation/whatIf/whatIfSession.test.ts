import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Scenario } from '../../../contract/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { isSameContent } from './isSameContent.ts';
import { answerWhatIf as answer } from './answerWhatIf.fixture.ts';
import { whatIf } from './whatIf.ts';
import { EXAMPLE_SERVICE } from './whatIfService.fixture.ts';
import { whatIfSession } from './whatIfSession.ts';
import type { WhatIfInput, WhatIfReport, WhatIfSeries } from './whatIfTypes.ts';

const STEPS = 12;
const CUTOFF = 1_700_006_400;

function seriesOf(name: string, level: number, perReplica?: number): WhatIfSeries {
  const random = seededRandom(level);
  const length = 200;
  return {
    name,
    unit: '',
    forecast: {
      grid: { startSeconds: CUTOFF + 300, stepSeconds: 300, length: STEPS },
      levels: [0.1, 0.5, 0.9],
      values: Float64Array.from({ length: 3 * STEPS }, (_, i) => level * (0.8 + 0.2 * Math.floor(i / STEPS))),
    },
    history: {
      grid: { startSeconds: CUTOFF - (length - 1) * 300, stepSeconds: 300, length },
      values: Float64Array.from({ length }, (_, i) =>
        i === 5 ? Number.NaN : level * (1 + 0.1 * randomNormal(random))
      ),
    },
    ...(perReplica === undefined ? {} : { perReplica }),
  };
}

const inputOf = (changes: Partial<WhatIfInput> = {}): WhatIfInput => ({
  series: [seriesOf('requests', 400, 50), seriesOf('cpu', 9)],
  scenarios: [],
  plans: [{ name: 'few', replicas: [{ at: '0', count: 7 }] }],
  service: { ...EXAMPLE_SERVICE, startSeconds: 600 },
  levels: [0.1, 0.5, 0.9],
  confidence: { historySeconds: 20 * 86_400 },
  pathCount: 101,
  seed: 5,
  ...changes,
});

const scaled = (factor: number): Scenario => ({
  name: 'slider',
  interventions: [{ kind: 'scale', target: 'requests', factor }],
});
const rare: Scenario = {
  name: 'rare',
  probability: 0.3,
  interventions: [{ kind: 'capacity', target: 'replicas', factor: 0.5, probability: 0.4, start: ['5m', '40m'] }],
};

test('a session answers with the bits of one that knows nothing, whatever was asked before', () => {
  const questions = fc.constantFrom<Partial<WhatIfInput>>(
    {},
    { scenarios: [scaled(1.2)] },
    { scenarios: [scaled(1.4), rare] },
    { scenarios: [rare] },
    { plans: [{ name: 'other', replicas: [{ at: '10m', count: 9 }] }], scenarios: [scaled(0.8)] },
    { seed: 6 },
    { pathCount: 2500, scenarios: [rare] },
    { series: [seriesOf('requests', 300, 50), seriesOf('cpu', 9)], scenarios: [scaled(1.2)] }
  );
  fc.assert(
    fc.property(fc.array(questions, { minLength: 2, maxLength: 4 }), (asked) => {
      const session = whatIfSession();
      for (const changes of asked) {
        assert.deepEqual(answer(inputOf(changes), session), answer(inputOf(changes)));
      }
    }),
    { numRuns: 12 }
  );
});

test('a question that is given up leaves the next answer as it is', () => {
  const session = whatIfSession();
  for (let steps = 1; steps < 8; steps++) {
    const given = whatIf(inputOf({ scenarios: [scaled(1.3)] }), session);
    for (let step = 0; step < steps; step++) {
      given.next();
    }
    given.return({} as WhatIfReport);
    const next = inputOf({ scenarios: [scaled(1.1)] });
    assert.deepEqual(answer(next, session), answer(next));
  }
});

test('a refused question leaves a session as it was', () => {
  const session = whatIfSession();
  assert.throws(() => answer(inputOf({ scenarios: [{ ...scaled(2), name: 'baseline' }] }), session));
  assert.deepEqual(answer(inputOf(), session), answer(inputOf()));
});

test('content is the same where all of it is', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      assert.ok(isSameContent(value, value));
    })
  );
  assert.ok(isSameContent(inputOf(), inputOf()));
  for (const [a, b] of [
    [{ a: 1 }, { a: 1, b: undefined }],
    [{ a: undefined }, { b: undefined }],
    [Float64Array.of(1), Float64Array.of(2)],
    [Float64Array.of(1), [1]],
    [Float64Array.of(1, 2), Float64Array.of(1)],
    [[], {}],
    [null, {}],
    ['1', 1],
    [inputOf(), inputOf({ seed: 7 })],
  ]) {
    assert.ok(!isSameContent(a, b));
  }
});
