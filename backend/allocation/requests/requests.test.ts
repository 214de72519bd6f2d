import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import type { Series } from '../../timeseries/index.ts';
import type { AssessedSeries } from '../assessment.ts';
import { adviseRequests, type RequestsInput } from './adviseRequests.ts';
import { requestFor, type RequestInput } from './requestFor.ts';
import { requestKind } from './requestKind.ts';

const STEP = 300;
const DAY_STEPS = 288;
const HORIZON = 24;
const CUTOFF = 1_700_006_400;

const historyOf = (at: (i: number) => number, length = 3 * DAY_STEPS): Series => ({
  grid: { startSeconds: CUTOFF - (length - 1) * STEP, stepSeconds: STEP, length },
  values: Float64Array.from({ length }, (_, i) => at(i)),
});

function resource(name: string, unit: string, use: (i: number) => number, foreseen: number): AssessedSeries {
  return {
    name,
    kind: 'resource',
    unit,
    history: historyOf(use),
    perReplica: 2,
    forecast: {
      grid: { startSeconds: CUTOFF + STEP, stepSeconds: STEP, length: HORIZON },
      levels: PUBLISHED_LEVELS,
      values: Float64Array.from(
        PUBLISHED_LEVELS.flatMap((level) => Array<number>(HORIZON).fill(foreseen * (0.5 + level)))
      ),
      mean: new Float64Array(HORIZON).fill(foreseen),
      model: 'theta',
      warnings: [],
    },
  };
}

const inputOf = (series: readonly AssessedSeries[], changes: Partial<RequestsInput> = {}): RequestsInput => ({
  series,
  replicaHistory: historyOf(() => 4),
  planned: new Float64Array(HORIZON).fill(4),
  ...changes,
});

test('cpu is asked for by its 0.9 quantile and 15 %, measured or foreseen, whichever is more', () => {
  const { requests, reasons } = adviseRequests(inputOf([resource('cpu', 'cores', (i) => i % 101, 1)]));
  assert.equal(requests.length, 1);
  assert.ok(Math.abs(requests[0]!.target - (90 / 4) * 1.15) < 0.3, String(requests[0]!.target));
  assert.ok(requests[0]!.lowerBound < requests[0]!.target && requests[0]!.target < requests[0]!.upperBound);
  assert.equal(reasons[0]!.code, 'request-cpu');
  assert.match(reasons[0]!.text, /worth changing/);
  const [foreseen] = adviseRequests(inputOf([resource('cpu', 'cores', () => 4, 40)])).requests;
  assert.ok(foreseen!.target > 10 * 1.15 && foreseen!.target < 15 * 1.15);
});

test('memory never goes below the peak that is foreseen or was measured', () => {
  const spike = resource('memory', 'bytes', (i) => (i === 500 ? 12e9 : 4e9), 4e9);
  assert.ok(adviseRequests(inputOf([spike])).requests[0]!.lowerBound >= 3e9);
  const growing = resource('memory', 'bytes', () => 4e9, 16e9);
  const [advice] = adviseRequests(inputOf([growing])).requests;
  assert.ok(advice!.lowerBound >= (16e9 * 1.49) / 4 - 1);
  assert.ok(advice!.target >= 1.15 * advice!.lowerBound);
});

test('more planned replicas ask no more of one, and a step without replicas says nothing', () => {
  const series = [resource('cpu', 'cores', () => 1, 40)];
  const of = (count: number) => adviseRequests(inputOf(series, { planned: new Float64Array(HORIZON).fill(count) }));
  assert.ok(of(8).requests[0]!.target < of(4).requests[0]!.target);
  assert.ok(Number.isFinite(of(0).requests[0]!.target));
});

test('too little is known where replicas or use were not measured together for a day', () => {
  const cpu = resource('cpu', 'cores', () => 4, 4);
  for (const replicaHistory of [
    historyOf(() => Number.NaN),
    historyOf(() => 0),
    historyOf(() => 4, DAY_STEPS - 1),
    undefined,
  ]) {
    const { series, planned } = inputOf([cpu]);
    const { requests, reasons } = adviseRequests({
      series,
      planned,
      ...(replicaHistory === undefined ? {} : { replicaHistory }),
    });
    assert.deepEqual(requests, []);
    assert.equal(reasons[0]!.code, 'request-unknown');
  }
  const unmeasured = { ...cpu, history: historyOf(() => Number.NaN) };
  assert.match(adviseRequests(inputOf([unmeasured])).reasons[0]!.text, /was not measured$/);
});

test('what is neither cpu nor memory is not requested', () => {
  assert.equal(requestKind({ name: 'cpu', unit: 'reqps' }), 'cpu');
  assert.equal(requestKind({ name: 'worker', unit: 'cores' }), 'cpu');
  assert.equal(requestKind({ name: 'heap', unit: 'bytes' }), 'memory');
  assert.equal(requestKind({ name: 'disk', unit: 'bytes' }), undefined);
  assert.equal(requestKind({ name: 'network', unit: 'Bps' }), undefined);
  const { requests, reasons } = adviseRequests(inputOf([resource('network', 'Bps', () => 1, 1)]));
  assert.deepEqual([requests, reasons], [[], []]);
});

const positive = fc.double({ min: 0, max: 1e10, noNaN: true });
const request = fc.record({
  kind: fc.constantFrom('cpu' as const, 'memory' as const),
  unit: fc.constantFrom('cores', 'bytes', ''),
  measured: fc.array(positive, { minLength: 1, maxLength: 30 }).map((values) => Float64Array.from(values).sort()),
  foreseen: fc.record({
    sorted: fc.array(positive, { maxLength: 30 }).map((values) => Float64Array.from(values).sort()),
    peak: positive,
  }),
  days: fc.double({ min: 1, max: 100, noNaN: true }),
});

test('a request lies between its bounds, and a longer history only narrows them', () => {
  fc.assert(
    fc.property(request, (input: RequestInput) => {
      const { target, lowerBound, upperBound } = requestFor(input);
      assert.ok(Number.isFinite(target) && target >= lowerBound && target <= upperBound);
      const longer = requestFor({ ...input, days: input.days * 2 });
      assert.equal(longer.target, target);
      assert.ok(longer.lowerBound >= lowerBound && longer.upperBound <= upperBound);
    })
  );
});

test('what stands stays while it differs by a tenth at most, and memory never stays below its peak', () => {
  fc.assert(
    fc.property(request, fc.double({ min: 0.5, max: 2, noNaN: true }), (input: RequestInput, factor) => {
      const fresh = requestFor(input);
      const standing = fresh.target * factor;
      const { target } = requestFor({ ...input, standing });
      assert.ok(target === standing || target === fresh.target);
      assert.ok(Math.abs(target - fresh.target) <= 0.1 * fresh.target);
      assert.ok(target >= fresh.lowerBound && target <= fresh.upperBound);
      assert.equal(requestFor({ ...input, standing: target }).target, target);
    })
  );
});
