import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlanFile, Scenario } from '../../../contract/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { answerWhatIf as answer } from './answerWhatIf.fixture.ts';
import { EXAMPLE_SERVICE } from './whatIfService.fixture.ts';
import { whatIfSession } from './whatIfSession.ts';
import type { DistributionReport, WhatIfInput, WhatIfReport, WhatIfSeries, WhatIfService } from './whatIfTypes.ts';

const STEPS = 12;
const CUTOFF = 1_700_006_400;
const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const SLIDER_LEVELS = [0.1, 0.5, 0.9];

function seriesOf(name: string, usual: number, perReplica: number): WhatIfSeries {
  const random = seededRandom(usual);
  const length = 200;
  return {
    ...{ name, unit: '', perReplica },
    forecast: {
      grid: { startSeconds: CUTOFF + 300, stepSeconds: 300, length: STEPS },
      levels: [0.1, 0.5, 0.9],
      values: Float64Array.from({ length: 3 * STEPS }, (_, i) => usual * (0.8 + 0.2 * Math.floor(i / STEPS))),
    },
    history: {
      grid: { startSeconds: CUTOFF - (length - 1) * 300, stepSeconds: 300, length },
      values: Float64Array.from({ length }, () => usual * (1 + 0.1 * randomNormal(random))),
    },
  };
}

const tiered: WhatIfService = {
  ...EXAMPLE_SERVICE,
  prices: { ...EXAMPLE_SERVICE.prices, tierReplicaHour: { committed: 0.5, reserved: 1, burst: 3 } },
};

function inputOf(changes: Partial<WhatIfInput> = {}): WhatIfInput {
  return {
    series: [seriesOf('requests', 400, 50), seriesOf('cpu', 9, 1.5)],
    scenarios: [],
    plans: [],
    service: EXAMPLE_SERVICE,
    levels: LEVELS,
    confidence: { historySeconds: 20 * 86_400 },
    pathCount: 90,
    seed: 5,
    ...changes,
  };
}

/** What a slider is told of what was found in full. */
function sliderPart(full: WhatIfReport, given: number): WhatIfReport {
  const at = ({ levels, values }: DistributionReport): DistributionReport => ({
    levels: SLIDER_LEVELS,
    values: SLIDER_LEVELS.map((level) => values[levels.indexOf(level)]!),
  });
  return {
    ...{ frontier: [], frontiers: {}, candidates: [], absent: [], recommendation: null, warnings: full.warnings },
    scenarios: full.scenarios.map((one) => ({
      ...one,
      demand: at(one.demand),
      resources: Object.fromEntries(Object.entries(one.resources).map(([name, each]) => [name, at(each)])),
      plans: one.plans.slice(0, given),
    })),
  };
}

const factors = fc.double({ min: 0, max: 3, noNaN: true });
const scenarios = fc.array(
  fc.record({
    factor: factors,
    probability: fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
    lost: fc.boolean(),
    isBrief: fc.boolean(),
  }),
  { maxLength: 2 }
);

const scenarioOf = (
  {
    factor,
    probability,
    lost,
    isBrief,
  }: { factor: number; probability: number | undefined; lost: boolean; isBrief: boolean },
  index: number
): Scenario => ({
  name: `slider-${String(index)}`,
  interventions: [
    { kind: 'scale', target: 'requests', factor, ...(isBrief ? { start: '15m', duration: '10m' } : {}) },
    ...(lost ? [{ kind: 'capacity' as const, target: 'replicas', factor: 0.5, start: isBrief ? '30m' : '0s' }] : []),
  ],
  ...(probability === undefined ? {} : { probability }),
});

const few: PlanFile = { name: 'few', replicas: [{ at: '0', count: 7 }] };

test('a slider is told to the bit what the full answer says of the same, whatever is asked in between', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          asked: scenarios,
          isSlider: fc.boolean(),
          service: fc.constantFrom(EXAMPLE_SERVICE, tiered, undefined),
          pathCount: fc.constantFrom(90, 2500),
        }),
        { minLength: 1, maxLength: 3 }
      ),
      (questions) => {
        const session = whatIfSession();
        for (const { asked, isSlider, service, pathCount } of questions) {
          const { service: _, ...rest } = inputOf({ scenarios: asked.map(scenarioOf), pathCount });
          assert.ok(_ !== undefined);
          const input = service === undefined ? rest : { ...rest, service, plans: [few] };
          const full = answer(input);
          assert.deepEqual(
            answer(isSlider ? { ...input, sliderLevels: SLIDER_LEVELS } : input, session),
            isSlider ? sliderPart(full, input.plans.length) : full
          );
        }
      }
    ),
    { numRuns: 12 }
  );
});

test('a slider is refused what contradicts itself, as in full', () => {
  const bad = {
    scenarios: [
      { ...scenarioOf({ factor: 2, probability: undefined, lost: false, isBrief: false }, 0), name: 'baseline' },
    ],
  };
  assert.throws(() => answer(inputOf({ ...bad, sliderLevels: SLIDER_LEVELS })), { code: 'SCENARIO_INVALID' });
});
