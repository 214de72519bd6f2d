import { whatIf, whatIfSession, type WhatIfInput } from '../../backend/allocation/index.ts';
import { randomNormal, seededRandom } from '../../backend/random/index.ts';
import { serviceModel } from '../../backend/simulation/index.ts';
import { margins, STEPS } from './pathsJob.ts';

const STEP_SECONDS = 300;
const HISTORY = 14 * STEPS;

const session = whatIfSession();

/**
 * What a person who moves a slider waits for: the baseline and one scenario at 2,000 paths over a day, two plans each.
 * `factor` is where the slider stands; `seed` is that of the paths, another one than before is a first question. In full
 * with what is recommended and kinds of plans, as once a slider is let go.
 */
export function slide(factor: number, detail: 'slider' | 'full', seed = 1): void {
  const scenarios = [{ name: 'slider', interventions: [{ kind: 'scale' as const, target: 'requests', factor }] }];
  const simulation = whatIf(
    { ...sliderInput(), scenarios, seed, ...(detail === 'slider' ? { sliderLevels: [0.1, 0.5, 0.9] } : {}) },
    session
  );
  let next = simulation.next();
  while (next.done !== true) {
    next = simulation.next();
  }
}

let known: WhatIfInput | undefined;

/** The question without a scenario. */
export function sliderInput(): WhatIfInput {
  const random = seededRandom(7);
  const cutoff = 1_700_006_400;
  const [margin] = margins();
  known ??= {
    series: ['requests', 'cpu'].map((name, place) => ({
      name,
      unit: '',
      forecast: {
        ...margin!,
        grid: { startSeconds: cutoff + STEP_SECONDS, stepSeconds: STEP_SECONDS, length: STEPS },
      },
      history: {
        grid: { startSeconds: cutoff - (HISTORY - 1) * STEP_SECONDS, stepSeconds: STEP_SECONDS, length: HISTORY },
        values: Float64Array.from({ length: HISTORY }, () => 100 + 10 * randomNormal(random)),
      },
      ...(place === 0 ? { perReplica: 10 } : {}),
    })),
    scenarios: [],
    plans: [{ name: 'floor', replicas: [{ at: '0', count: 13 }] }],
    service: {
      min: 1,
      max: 60,
      startSeconds: 300,
      risk: 0.01,
      current: 12,
      tiers: { committed: 0.5, burst: 0.999 },
      prices: { replicaHour: 0.1, violationMinute: 1 },
      currency: 'USD',
      model: serviceModel({
        perReplica: 10,
        unitSeconds: 1,
        latencySeconds: 0.25,
        objective: 0.99,
        serviceSeconds: 0.05,
      })!,
    },
    levels: [0.1, 0.5, 0.9],
    confidence: { historySeconds: HISTORY * STEP_SECONDS },
    pathCount: 2000,
    seed: 1,
  };
  return known;
}
