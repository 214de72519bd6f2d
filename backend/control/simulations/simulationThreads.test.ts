import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { WhatIfInput } from '../../allocation/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { createSimulationThreads, type Simulate } from './simulationThreads.ts';

const STEPS = 24;
const CUTOFF = 1_700_006_400;
const MANY_PATHS = 10_000_000;

const opened: Simulate[] = [];

function threads(threadCount: number): Simulate {
  const made = createSimulationThreads(threadCount);
  opened.push(made);
  return made;
}

after(async () => {
  await Promise.all(opened.map((one) => one.close()));
});

function inputOf(factor: number, pathCount = 300): WhatIfInput {
  const random = seededRandom(7);
  const length = 300;
  return {
    series: [
      {
        ...{ name: 'requests', unit: '' },
        forecast: {
          grid: { startSeconds: CUTOFF + 300, stepSeconds: 300, length: STEPS },
          levels: [0.1, 0.5, 0.9],
          values: Float64Array.from({ length: 3 * STEPS }, (_, i) => 80 + 20 * Math.floor(i / STEPS)),
        },
        history: {
          grid: { startSeconds: CUTOFF - (length - 1) * 300, stepSeconds: 300, length },
          values: Float64Array.from({ length }, () => 100 + 10 * randomNormal(random)),
        },
      },
    ],
    scenarios: [{ name: 'slider', interventions: [{ kind: 'scale', target: 'requests', factor }] }],
    ...{ plans: [], levels: [0.1, 0.5, 0.9], confidence: { historySeconds: 86_400 }, pathCount, seed: 1 },
  };
}

const never = () => new AbortController().signal;
const ignore = () => undefined;

describe('the threads that simulate', () => {
  it('answer while a job runs in the background, even where there is one thread', async () => {
    const simulate = threads(1);
    const cancelled = new AbortController();
    let isOver = false;
    const job = simulate.run(inputOf(1, MANY_PATHS), cancelled.signal, ignore).catch((error: unknown) => {
      isOver = true;
      return error;
    });
    const report = await simulate.answer(inputOf(2), 'shop', never());
    assert.equal(report.scenarios.length, 2);
    assert.ok(!isOver, 'the job still runs');
    const reason = new Error('cancelled');
    cancelled.abort(reason);
    assert.equal(await job, reason);
  });

  it('free who gives up at once, and answer the next question as if none had been given up', async () => {
    const simulate = threads(1);
    const first = await simulate.answer(inputOf(1.5), 'shop', never());
    const moves = [1.1, 1.2, 1.3, 1.4].map((factor) => {
      const moved = new AbortController();
      const answer = simulate.answer(inputOf(factor, 2000), 'shop', moved.signal);
      moved.abort(new Error(`moved on from ${String(factor)}`));
      return answer.catch((error: unknown) => (error as Error).message);
    });
    assert.deepEqual(
      await Promise.all(moves),
      [1.1, 1.2, 1.3, 1.4].map((factor) => `moved on from ${String(factor)}`)
    );
    assert.deepEqual(await simulate.answer(inputOf(1.5), 'shop', never()), first);
  });

  it('do not count whoever gave up among those that wait', async () => {
    const simulate = threads(1);
    const last = simulate.answer(inputOf(1), 'shop', never());
    for (let move = 0; move < 40; move++) {
      const moved = new AbortController();
      const answer = simulate.answer(inputOf(2), 'shop', moved.signal);
      moved.abort();
      await assert.rejects(answer, { name: 'AbortError' });
    }
    assert.equal((await last).scenarios.length, 2);
  });

  it('refuse what comes when too many wait, and when they are closed', async () => {
    const simulate = threads(1);
    const waiting = Array.from({ length: 17 }, () => simulate.answer(inputOf(1), 'shop', never()));
    await assert.rejects(simulate.answer(inputOf(1), 'other', never()), { code: 'API_BUSY' });
    const ended = Promise.allSettled(waiting);
    await simulate.close();
    assert.ok((await ended).every(({ status }) => status === 'rejected'));
    await assert.rejects(simulate.answer(inputOf(1), 'shop', never()), { code: 'API_BUSY' });
    await assert.rejects(simulate.run(inputOf(1), never(), ignore), { code: 'API_BUSY' });
  });

  it('do not begin what was given up before', async () => {
    const simulate = threads(2);
    const reason = new Error('gone');
    await assert.rejects(simulate.answer(inputOf(1), 'shop', AbortSignal.abort(reason)), reason);
    await assert.rejects(simulate.run(inputOf(1), AbortSignal.abort(reason), ignore), reason);
  });

  it('pass on what a simulation is refused for, and go on', async () => {
    const simulate = threads(2);
    const bad = { ...inputOf(1), scenarios: [{ name: 'baseline', interventions: [] }] };
    await assert.rejects(simulate.answer(bad, 'shop', never()), { code: 'SCENARIO_INVALID' });
    assert.equal((await simulate.answer(inputOf(1), 'shop', never())).scenarios.length, 2);
  });

  it('answer about several workloads at a time, each with the bits of its own', async () => {
    const simulate = threads(3);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const ask = () => Promise.all(names.map((name, i) => simulate.answer(inputOf(1 + i), name, never())));
    const [once, again] = [await ask(), await ask()];
    assert.deepEqual(again, once);
  });
});
