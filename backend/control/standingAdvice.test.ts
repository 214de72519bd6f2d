import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recommendation } from '../../contract/index.ts';
import { assessWorkload, type Outlook } from '../allocation/index.ts';
import { PUBLISHED_LEVELS } from '../forecasting/index.ts';
import { randomNormal, seededRandom, type RandomSource } from '../random/index.ts';
import { normalQuantile } from '../statistics/index.ts';
import { settleRecommendation, type Anchor } from './settleRecommendation.ts';

const STEP = 300;
const DAY_STEPS = 86_400 / STEP;
const START = 1_790_000_100 - (1_790_000_100 % 86_400);

/** A day of requests; one replica carries 20. */
function load(timeSeconds: number): number {
  return 300 + 180 * Math.sin((2 * Math.PI * (timeSeconds - START)) / 86_400 - 1.5);
}

/** What is recommended at `nowSeconds` with `replicas` serving; the forecast breathes by `breath` of its size. */
function recommended(nowSeconds: number, replicas: number, breath: number, random: RandomSource, before?: Outlook) {
  const level = Math.exp(breath * randomNormal(random));
  const spread = Math.exp(4 * breath * randomNormal(random));
  const values = new Float64Array(PUBLISHED_LEVELS.length * DAY_STEPS);
  const at = (step: number) => load(nowSeconds + (step + 1) * STEP) * level;
  PUBLISHED_LEVELS.forEach((quantile, row) => {
    for (let step = 0; step < DAY_STEPS; step++) {
      values[row * DAY_STEPS + step] = at(step) * (1 + 0.08 * spread * normalQuantile(quantile));
    }
  });
  return assessWorkload({
    ...(before === undefined ? {} : { standing: { grid: before.grid, counts: before.replicas!.total } }),
    workload: 'shop',
    nowSeconds: nowSeconds + 10,
    series: [
      {
        name: 'requests',
        kind: 'activity',
        unit: 'reqps',
        forecast: {
          grid: { startSeconds: nowSeconds + STEP, stepSeconds: STEP, length: DAY_STEPS },
          levels: PUBLISHED_LEVELS,
          values,
          mean: Float64Array.from({ length: DAY_STEPS }, (_, step) => at(step)),
          model: 'auto',
          warnings: [],
        },
        history: {
          grid: { startSeconds: nowSeconds - 4 * DAY_STEPS * STEP, stepSeconds: STEP, length: 4 * DAY_STEPS + 1 },
          values: Float64Array.from(
            { length: 4 * DAY_STEPS + 1 },
            (_, i) => load(nowSeconds - (4 * DAY_STEPS - i) * STEP) * (1 + 0.05 * randomNormal(random))
          ),
        },
        perReplica: 20,
      },
    ],
    replicas,
    scaling: { min: 2, max: 100, leadTimeSeconds: 180, risk: 0.02, tiers: { committed: 0.5, burst: 0.999 } },
    cost: { replicaHour: 0.1, currency: 'USD' },
    confidence: { historySeconds: 20 * 86_400, coverage80: 0.8 },
    pathCount: 500,
    seed: 1,
  });
}

/** How often what stands becomes other advice, over a day of outlooks. */
function changes(turns: number, breath: number, replicasOf: (standing: Recommendation | undefined) => number) {
  const random = seededRandom(7);
  let standing: Recommendation | undefined;
  let anchor: Anchor | undefined;
  let outlook: Outlook | undefined;
  let [ids, floors] = [0, 0];
  for (let turn = 0; turn < turns; turn++) {
    const now = START + turn * STEP;
    const { recommendation: fresh, outlook: next } = recommended(now, replicasOf(standing), breath, random, outlook);
    outlook = next;
    const settled = settleRecommendation(standing, fresh, now, undefined, anchor);
    ids += standing !== undefined && settled.standing!.id !== standing.id ? 1 : 0;
    floors += standing !== undefined && settled.standing!.proposed.replicas !== standing.proposed.replicas ? 1 : 0;
    ({ standing, anchor } = settled);
  }
  return { ids, floors };
}

test('advice does not flap when the forecast breathes, whether it is followed or not', () => {
  const rules: ReadonlyArray<(standing: Recommendation | undefined) => number> = [
    () => 20,
    (standing) => standing?.proposed.replicas ?? 20,
  ];
  for (const replicasOf of rules) {
    const [calm, breathing] = [changes(96, 0, replicasOf), changes(96, 0.02, replicasOf)];
    assert.ok(breathing.ids <= 1.5 * calm.ids + 2, `${JSON.stringify(breathing)} against ${JSON.stringify(calm)}`);
    assert.ok(
      breathing.floors <= 1.5 * calm.floors + 2,
      `${JSON.stringify(breathing)} against ${JSON.stringify(calm)}`
    );
  }
});
