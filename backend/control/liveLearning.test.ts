import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Outlook } from '../allocation/index.ts';
import type { WorkloadConfig } from '../config/index.ts';
import { PUBLISHED_LEVELS } from '../forecasting/index.ts';
import { randomNormal, seededRandom } from '../random/index.ts';
import { normalQuantile } from '../statistics/index.ts';
import type { Series } from '../timeseries/index.ts';
import type { SeriesJob } from './compute.ts';
import { LiveLearning, liveLearningKey } from './liveLearning.ts';

const STEP = 300;
const HOUR = 3600;
const PER_HOUR = 12;
const DAYS = 9;

const config = {
  name: 'shop',
  series: [{ name: 'requests', kind: 'activity', unit: '', perReplica: 50 }],
  forecast: { stepSeconds: STEP, horizonSeconds: 86_400, historySeconds: 21 * 86_400 },
} as unknown as WorkloadConfig;

function world() {
  const settings = new Map<string, unknown>();
  const drifts: string[] = [];
  const storage = {
    setting: (key: string) => Promise.resolve(settings.get(key)),
    setSetting: (key: string, value: unknown) => {
      settings.set(key, value);
      return Promise.resolve();
    },
  };
  const hooks = { onDrift: (workload: string, { words }: { words: string }) => drifts.push(`${workload} ${words}`) };
  return { settings, drifts, create: () => new LiveLearning(config, { storage, hooks }) };
}

/** `hours` of noise about 100, then 200 `afterHours`. */
function actualOf(hours: number, afterHours: number, after: (noise: number) => number): Map<string, Series> {
  const random = seededRandom(5);
  const values = Float64Array.from({ length: (hours + afterHours) * PER_HOUR + 1 }, (_, index) => {
    const noise = randomNormal(random);
    return index > hours * PER_HOUR ? after(noise) : 100 + noise;
  });
  return new Map([['requests', { grid: { startSeconds: 0, stepSeconds: STEP, length: values.length }, values }]]);
}

/** Outlooks of every hour that foresee a hundred. */
function outlooksOf(fromHour: number, toHour: number): Outlook[] {
  return Array.from({ length: toHour - fromHour }, (_, index) => {
    const cutoffSeconds = (fromHour + index) * HOUR;
    const length = 8 * PER_HOUR + 1;
    const values = new Float64Array(PUBLISHED_LEVELS.length * length);
    PUBLISHED_LEVELS.forEach((level, row) =>
      values.fill(100 + 2 * normalQuantile(level), row * length, (row + 1) * length)
    );
    return {
      ...{ workload: 'shop', issuedAtSeconds: cutoffSeconds, cutoffSeconds, currency: 'USD', warnings: [] },
      grid: { startSeconds: cutoffSeconds, stepSeconds: STEP, length },
      series: [
        {
          ...{ name: 'requests', kind: 'activity' as const, unit: '', model: 'm', levels: PUBLISHED_LEVELS, values },
          ...{ mean: values.subarray(0, length), warnings: [] },
        },
      ],
    };
  });
}

function learnAll(live: LiveLearning, actual: ReadonlyMap<string, Series>, fromHour: number, toHour: number): void {
  for (let hour = fromHour; hour < toHour; hour++) {
    live.learn(outlooksOf(Math.max(0, hour - 8), hour + 1), actual, hour * HOUR, (hour + 1) * HOUR);
  }
}

const jobsOf = (actual: ReadonlyMap<string, Series>): SeriesJob[] => [
  { name: 'requests', kind: 'activity', unit: '', perReplica: 50, history: { target: actual.get('requests')! } },
];

it('a level shift is told once when it is confirmed, and the history is put at the new level; all of it survives a restart', async () => {
  const { create, drifts } = world();
  const hours = DAYS * 24;
  const actual = actualOf(hours, 6, (noise) => 200 + noise);
  const live = create();
  learnAll(live, actual, 0, hours + 2);
  assert.equal(live.verdicts().get('requests')?.kind, 'levelShift');
  assert.deepEqual(drifts, [], 'it may be a spike');
  await live.save();

  const again = create();
  await again.restore();
  const gist = (each: LiveLearning) => {
    const { kind, isConfirmed, sinceSeconds } = each.verdicts().get('requests')!;
    return { kind, isConfirmed, sinceSeconds };
  };
  assert.deepEqual(gist(again), gist(live));
  learnAll(again, actual, hours + 2, hours + 5);
  assert.equal(drifts.length, 1);
  assert.match(drifts[0]!, /^shop requests: Another level, higher by/);
  const [job] = again.prepared(jobsOf(actual));
  assert.ok(Math.abs(job!.history.target.values[10]! - 200) < 10, 'the past is at the new level');
  assert.equal(again.doubt(), undefined);
});

it('a frozen sensor counts as missing from where it froze, and nothing lower is advised', () => {
  const { create, drifts } = world();
  const hours = DAYS * 24;
  const actual = actualOf(hours, 4, () => 101);
  const live = create();
  learnAll(live, actual, 0, hours + 4);
  assert.equal(live.verdicts().get('requests')?.kind, 'sensorFreeze');
  assert.match(live.doubt() ?? '', /requests stands still/);
  const { values } = live.prepared(jobsOf(actual))[0]!.history.target;
  assert.ok(Number.isNaN(values.at(-1)!));
  assert.ok(values[hours * PER_HOUR]! > 0);
  assert.equal(drifts.length, 1);
});

it('a truth that comes late is scored once, and one that never comes never', () => {
  const { create } = world();
  const actual = actualOf(60, 0, () => 0);
  const holed = new Map([['requests', { ...actual.get('requests')!, values: actual.get('requests')!.values.slice() }]]);
  holed.get('requests')!.values[59 * PER_HOUR + 3] = Number.NaN;
  const count = (rows: ReadonlyArray<{ model: string; count: number }>) =>
    rows.filter(({ model }) => model === 'm').reduce((sum, row) => sum + row.count, 0);
  const [whole, late] = [create(), create()];
  const all = count(whole.learn(outlooksOf(52, 60), actual, 59 * HOUR, 60 * HOUR));
  const first = count(late.learn(outlooksOf(52, 60), holed, 59 * HOUR, 60 * HOUR));
  assert.equal(all - first, 8, 'eight outlooks foresaw it');
  assert.equal(count(late.learn(outlooksOf(52, 60), actual, 60 * HOUR, 60 * HOUR)), 8);
  assert.equal(count(late.learn(outlooksOf(52, 60), actual, 60 * HOUR, 60 * HOUR)), 0);
});

it('what the storage kept of another version, of another step, or damaged, begins anew', async () => {
  for (const kept of [
    undefined,
    7,
    { version: 2 },
    { version: 1, stepSeconds: 60, late: {}, series: {} },
    { version: 1, stepSeconds: STEP, late: {}, series: { requests: { drift: {}, conformal: {} } } },
  ]) {
    const { settings, create } = world();
    settings.set(liveLearningKey('shop'), kept);
    const live = create();
    await live.restore();
    assert.equal(live.verdicts().get('requests')?.kind, 'unknown');
    assert.doesNotThrow(() =>
      live.learn(
        [],
        actualOf(3, 0, () => 0),
        0,
        HOUR
      )
    );
  }
});

it('only gaps, nothing at all, or a clock that goes back raise nothing', () => {
  const { create, drifts } = world();
  const live = create();
  const gaps = actualOf(30, 0, () => 0);
  gaps.get('requests')!.values.fill(Number.NaN);
  assert.deepEqual(live.learn(outlooksOf(0, 24), gaps, 0, 24 * HOUR), []);
  assert.deepEqual(live.learn([], new Map(), 0, HOUR), []);
  live.learn(outlooksOf(0, 24), gaps, 0, 2 * HOUR);
  assert.deepEqual(drifts, []);
});
