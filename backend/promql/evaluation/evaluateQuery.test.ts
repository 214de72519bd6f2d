import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { promqlQuery, queryTestSeries } from '../../exams/promqlQuery.ts';
import { HeadroomError } from '../../errors/index.ts';
import { seededRandom } from '../../random/index.ts';
import { LabelSet } from '../labelSet.ts';
import { MemorySamples } from '../memorySamples.ts';
import { parseExpression } from '../syntax/parseExpression.ts';
import { almostEqual } from '../testNotation/almostEqual.ts';
import { evaluateInstant, evaluateRange } from './evaluateQuery.ts';
import type { QueryResult } from './queryResult.ts';
import type { EvaluationOptions } from './withContext.ts';

function examples(): MemorySamples {
  const samples = new MemorySamples();
  for (const { labels, timestamps, values } of queryTestSeries(seededRandom(7))) {
    samples.store(LabelSet.from(labels), { timestamps, values });
  }
  return samples;
}

const samples = examples();

/** Values by labels at one time, or the error's message. */
type Answer = ReadonlyMap<string, number> | string;

async function instantAnswer(query: string, timeMs: number): Promise<Answer> {
  return await answer(async () => {
    const { value } = await evaluateInstant(samples, parseExpression(query), timeMs);
    assert.equal(value.type, 'vector');
    return new Map(value.samples.map((sample) => [sample.labels.key, sample.value]));
  });
}

async function answer(evaluate: () => Promise<ReadonlyMap<string, number>>): Promise<Answer> {
  try {
    return await evaluate();
  } catch (error) {
    if (error instanceof HeadroomError && error.status === 422) {
      return error.message;
    }
    throw error;
  }
}

function assertSame(actual: Answer, expected: Answer): void {
  assert.equal(typeof actual, typeof expected);
  if (typeof actual === 'string' || typeof expected === 'string') {
    return;
  }
  assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort());
  for (const [key, value] of actual) {
    assert.ok(almostEqual(value, expected.get(key) ?? Number.NaN, 1e-9), `${key}: ${value} and ${expected.get(key)}`);
  }
}

/** Between equal values topk and bottomk choose by their order, which is another over a range. */
function breaksTiesByOrder(query: string): boolean {
  return /topk|bottomk/.test(query);
}

describe('a range query', () => {
  it('is at each step what an instant query is at that time', async () => {
    await fc.assert(
      fc.asyncProperty(
        promqlQuery().filter((query) => !/start\(\)|end\(\)|@/.test(query) && !breaksTiesByOrder(query)),
        fc.integer({ min: 0, max: 4_000_000 }),
        fc.constantFrom(15_000, 37_000, 300_000),
        async (query, startMs, stepMs) => {
          const endMs = startMs + 4 * stepMs;
          const ranged = await answerOfRange(query, startMs, endMs, stepMs);
          for (let timeMs = startMs; typeof ranged !== 'string' && timeMs <= endMs; timeMs += stepMs) {
            const instant = await instantAnswer(query, timeMs);
            assertSame(instant, ranged.get(timeMs) ?? new Map<string, number>());
          }
        }
      ),
      { numRuns: 400 }
    );
  });

  it('is sorted by labels, and every series has at least one point and ascending times', async () => {
    await fc.assert(
      fc.asyncProperty(promqlQuery(), async (query) => {
        const result = await attempt(() => evaluateRange(samples, parseExpression(query), 600_000, 3_000_000, 60_000));
        for (const { timestamps, values } of result?.value.type === 'matrix' ? result.value.series : []) {
          assert.ok(values.length > 0 && values.length === timestamps.length);
          assert.ok(timestamps.every((time, i) => i === 0 || time > timestamps[i - 1]!));
        }
      }),
      { numRuns: 200 }
    );
  });
});

describe('limits', () => {
  const heavy = 'sum_over_time(gauge[10m:1s])';

  it('stop a query that would hold too many samples, before it holds them', async () => {
    await assert.rejects(instant(heavy, { maxSamples: 1000 }), (error: HeadroomError) => {
      assert.equal(error.code, 'PROMQL_TOO_MANY_SAMPLES');
      assert.equal(error.message, 'query processing would load too many samples into memory in query execution');
      return true;
    });
    await assert.rejects(instant('max_over_time(gauge[200y:1ms])'), { code: 'PROMQL_TOO_MANY_SAMPLES' });
    await assert.rejects(evaluateRange(samples, parseExpression('vector(1)'), 0, 1e9, 1, { maxSamples: 1000 }), {
      code: 'PROMQL_TOO_MANY_SAMPLES',
    });
  });

  it('are shared with other queries, which get back what one held, however it ended', async () => {
    let free = 2000;
    const pool = {
      take: (count: number): boolean => {
        const isEnough = count <= free;
        free -= isEnough ? count : 0;
        return isEnough;
      },
    };
    await instant('sum(gauge)', { pool });
    assert.equal(free, 2000);
    await assert.rejects(instant(heavy, { pool }), { code: 'PROMQL_TOO_MANY_SAMPLES' });
    await assert.rejects(instant('gauge + on () gauge', { pool }), { code: 'PROMQL_EXECUTION_FAILED' });
    assert.equal(free, 2000);
  });

  it('let a long query pause, and end where the checkpoint throws', async () => {
    let pauses = 0;
    const checkpoint = (): Promise<void> => {
      pauses++;
      return pauses < 3 ? Promise.resolve() : Promise.reject(new HeadroomError('PROMQL_TIMEOUT', { where: 'test' }));
    };
    const query = 'sum(stddev_over_time(gauge[50m:1s])) + sum(stddev_over_time(gauge[55m:1s]))';
    const run = evaluateRange(samples, parseExpression(query), 3_000_000, 3_600_000, 1000, { checkpoint });
    await assert.rejects(run, { code: 'PROMQL_TIMEOUT' });
    assert.equal(pauses, 3);
  });

  it('tell how many samples were read', async () => {
    const { stats } = await instant('count_over_time(gauge{a="x",b="1"}[10m])');
    assert.ok(stats.readSamples >= 1 && stats.readSamples <= 21);
    assert.ok(stats.peakSamples >= 1);
  });
});

describe('a lookback', () => {
  it('is as long as asked for, or as the series says where that is longer', async () => {
    const timestamps = Float64Array.of(0);
    const values = Float64Array.of(1);
    const source = {
      select: () =>
        Promise.resolve([
          { labels: { __name__: 'short' }, samples: () => ({ timestamps, values }) },
          { labels: { __name__: 'long' }, lookbackMs: 3_600_000, samples: () => ({ timestamps, values }) },
        ]),
    };
    const namesAt = async (timeMs: number, lookbackMs: number): Promise<string[]> => {
      const { value } = await evaluateInstant(source, parseExpression('{__name__=~".+"}'), timeMs, { lookbackMs });
      return value.type === 'vector' ? value.samples.map(({ labels }) => labels.name) : [];
    };
    assert.deepEqual(await namesAt(59_999, 60_000), ['short', 'long']);
    assert.deepEqual(await namesAt(60_000, 60_000), ['long']);
    assert.deepEqual(await namesAt(3_599_999, 60_000), ['long']);
    assert.deepEqual(await namesAt(3_600_000, 60_000), []);
    assert.deepEqual(await namesAt(3_600_000, 7_200_000), ['short', 'long']);
  });
});

describe('results', () => {
  it('of ranges are the samples within, open on the left', async () => {
    const source = new MemorySamples();
    source.store(LabelSet.from({ __name__: 'm' }), {
      timestamps: Float64Array.of(0, 60_000, 120_000, 180_000),
      values: Float64Array.of(1, 2, Number.NaN, 4),
      stale: Uint8Array.of(0, 0, 1, 0),
    });
    const { value } = await evaluateInstant(source, parseExpression('m[3m]'), 180_000);
    assert.equal(value.type, 'matrix');
    assert.deepEqual([...value.series[0]!.timestamps], [60_000, 180_000]);
    assert.deepEqual([...value.series[0]!.values], [2, 4]);
    const subquery = await evaluateInstant(source, parseExpression('m[2m:30s] offset 30s'), 180_000);
    assert.equal(subquery.value.type, 'matrix');
    assert.deepEqual([...subquery.value.series[0]!.timestamps], [60_000, 90_000]);
  });

  it('of strings and scalars are what they say', async () => {
    assert.deepEqual((await instant('"tomorrow"')).value, { type: 'string', timeMs: 600_000, value: 'tomorrow' });
    assert.deepEqual((await instant('time() / 60')).value, { type: 'scalar', timeMs: 600_000, value: 10 });
  });

  it('are not changed by evaluating them once more', async () => {
    const before = JSON.stringify((await instant('gauge')).value);
    await instant('-gauge + gauge * 2 > bool abs(gauge)');
    assert.equal(JSON.stringify((await instant('gauge')).value), before);
  });
});

async function instant(query: string, options: EvaluationOptions = {}): Promise<QueryResult> {
  return await evaluateInstant(samples, parseExpression(query), 600_000, options);
}

async function attempt(evaluate: () => Promise<QueryResult>): Promise<QueryResult | undefined> {
  try {
    return await evaluate();
  } catch (error) {
    assert.ok(error instanceof HeadroomError && error.status === 422, String(error));
    return undefined;
  }
}

async function answerOfRange(
  query: string,
  startMs: number,
  endMs: number,
  stepMs: number
): Promise<ReadonlyMap<number, Map<string, number>> | string> {
  const result = await attempt(() => evaluateRange(samples, parseExpression(query), startMs, endMs, stepMs));
  if (result === undefined) {
    return 'failed';
  }
  const byTime = new Map<number, Map<string, number>>();
  for (const { labels, timestamps, values } of result.value.type === 'matrix' ? result.value.series : []) {
    for (const [index, time] of timestamps.entries()) {
      const at = byTime.get(time) ?? new Map<string, number>();
      at.set(labels.key, values[index]!);
      byTime.set(time, at);
    }
  }
  return byTime;
}
