import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Job } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { FleetEvent } from '../fleetHooks.ts';
import { CpuShare } from './cpuShare.ts';
import { Retraining } from './retraining.ts';
import type { TuningOutcome, TuningWish } from './tuner.ts';

const WEEK = 7 * 86_400;
const HOUR = 3600;

describe('retraining', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headroom-retraining-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  class Stage {
    now = 1_795_000_000;
    isTraining = false;
    failure: Error | undefined;
    readonly onTrial = new Set<string>();
    readonly started: Array<{ readonly workload: string; readonly name: string } & TuningWish> = [];
    readonly events: FleetEvent[] = [];
    readonly cpu: CpuShare;
    readonly retraining: Retraining;

    constructor(
      names: readonly string[],
      options: { readonly intervalSeconds?: number; readonly share?: number } = {}
    ) {
      this.cpu = new CpuShare({ share: options.share ?? 1, cores: 2, nowSeconds: () => this.now });
      this.retraining = new Retraining({
        modelsFolder: folder,
        intervalSeconds: options.intervalSeconds ?? WEEK,
        workloads: () =>
          names.map((name) => ({ name, forecast: { model: name === 'plain' ? 'theta' : 'auto' } }) as WorkloadConfig),
        names: () => ['lstm'],
        isOnTrial: (workload) => Promise.resolve(this.onTrial.has(workload)),
        start: (name, workload, wish) => {
          this.started.push({ workload, name, ...wish });
          return this.failure === undefined ? Promise.resolve({} as Job) : Promise.reject(this.failure);
        },
        isTraining: () => this.isTraining,
        cpu: this.cpu,
        nowSeconds: () => this.now,
        onEvent: (event) => {
          this.events.push(event);
        },
      });
    }

    /** Looks every half hour; each training that begins ends at once. */
    async pass(seconds: number, end: TuningOutcome['kind'] = 'kept'): Promise<void> {
      const until = this.now + seconds;
      for (; this.now < until; this.now += HOUR / 2) {
        const before = this.started.length;
        await this.retraining.turn();
        if (this.started.length > before && this.failure === undefined) {
          const { workload, name } = this.started.at(-1)!;
          await this.retraining.onOver({ workload, name, kind: end, reason: 'x' });
        }
      }
    }

    record(workload: string) {
      return this.retraining.records(workload).get('lstm');
    }
  }

  const fleet = Array.from({ length: 40 }, (_, i) => `shop-${String(i)}`);

  it('comes to each once an interval, spread over it, and never at the start', async () => {
    const one = new Stage([...fleet, 'plain']);
    await one.retraining.turn();
    assert.deepEqual(one.started, []);
    await one.pass(WEEK);
    assert.deepEqual(one.started.map(({ workload }) => workload).sort(), [...fleet].sort());
    const half = one.started.length / 2;
    const middle = one.now - WEEK / 2;
    await one.pass(WEEK);
    assert.equal(one.started.length, 2 * fleet.length);
    assert.ok(half > 10 && middle > 0);
  });

  it('goes on after a restart with what it knew; what is damaged counts from now', async () => {
    const one = new Stage(['shop']);
    await one.pass(WEEK);
    const next = new Stage(['shop']);
    next.now = one.now;
    await next.retraining.turn();
    assert.equal(next.record('shop')?.lastAtSeconds, one.record('shop')?.lastAtSeconds);
    await writeFile(join(folder, 'shop', 'training.json'), '{"format":');
    const lost = new Stage(['shop']);
    lost.now = one.now;
    await lost.retraining.turn();
    assert.deepEqual([lost.record('shop')?.lastAtSeconds, lost.started.length], [null, 0]);
  });

  it('follows a drift soon, once however often it is told within a day, even beside a trial', async () => {
    const one = new Stage(['shop']);
    one.onTrial.add('shop');
    assert.equal(await one.retraining.onDrift('shop', { words: 'the level rose by 30 %' }), true);
    assert.equal(await one.retraining.onDrift('shop', { words: 'again' }), false);
    assert.equal(await one.retraining.onDrift('nobody', { words: 'x' }), false);
    await one.pass(HOUR);
    assert.equal(one.started.length, 1);
    assert.match(one.events[0]!.message, /a drift: the level rose by 30 %/);
    one.now += 86_400;
    assert.equal(await one.retraining.onDrift('shop', { words: 'again' }), true);
  });

  it('makes no second challenger by its schedule while one is on trial', async () => {
    const one = new Stage(['shop']);
    one.onTrial.add('shop');
    await one.pass(2 * WEEK);
    assert.deepEqual(one.started, []);
  });

  it('goes far, once, where a tune did not help', async () => {
    const one = new Stage(['shop'], { intervalSeconds: WEEK });
    await one.retraining.onDrift('shop', { words: 'x' });
    await one.pass(HOUR * 5, 'discarded');
    assert.deepEqual(
      one.started.map(({ reach, minutes }) => [reach, minutes]),
      [
        ['tune', 1],
        ['full', 4],
      ]
    );
  });

  it('tries again after a failure, later each time, counts failures, and forgets them at a success', async () => {
    const one = new Stage(['shop']);
    one.failure = new HeadroomError('MODEL_TRAINING_DIVERGED', { step: 3 });
    await one.retraining.onDrift('shop', { words: 'x' });
    await one.pass(HOUR * 8);
    assert.equal(one.started.length, 4, 'at once, after one hour, two more, four more');
    assert.equal(one.record('shop')?.failures, 4);
    assert.equal(
      one.events.filter(({ level, code }) => level === 'error' && code === 'MODEL_TRAINING_DIVERGED').length,
      4
    );
    one.failure = undefined;
    await one.pass(HOUR * 9);
    assert.equal(one.record('shop')?.failures, 0);
  });

  it('takes a history that is too short yet for no failure', async () => {
    const one = new Stage(['shop']);
    one.failure = new HeadroomError('MODEL_HISTORY_UNFIT', { workload: 'shop', reason: 'x' });
    await one.pass(2 * WEEK);
    assert.deepEqual([one.started.length, one.record('shop')?.failures], [2, 0]);
  });

  it('waits while something is trained, and keeps to its share of the cores', async () => {
    const one = new Stage(fleet);
    one.isTraining = true;
    await one.pass(WEEK);
    assert.deepEqual(one.started, []);
    assert.ok(one.retraining.due > 30);
    // 40 core minutes a week are asked for; half of them are allowed.
    const poor = new Stage(fleet, { share: (20 * 60) / WEEK / 2 });
    await poor.pass(4 * WEEK);
    const allowed = (4 * WEEK + 6 * HOUR) * ((20 * 60) / WEEK) + 60;
    assert.ok(60 * poor.started.length <= allowed, `${String(poor.started.length)} were begun`);
    assert.ok(60 * poor.started.length > 0.8 * (allowed - 60) && poor.retraining.due > 0);
  });

  it('is off without an interval, but for drifts', async () => {
    const one = new Stage(['shop'], { intervalSeconds: 0 });
    await one.pass(5 * WEEK);
    assert.deepEqual(one.started, []);
    await one.retraining.onDrift('shop', { words: 'x' });
    await one.pass(HOUR);
    assert.equal(one.started.length, 1);
  });
});
