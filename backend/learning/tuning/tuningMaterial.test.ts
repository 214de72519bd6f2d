import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HeadroomError } from '../../errors/index.ts';
import type { History } from '../../forecasting/index.ts';
import { tuningMaterial } from './tuningMaterial.ts';

const DAY = 48;

function historyOf(values: Float64Array): History {
  return { target: { grid: { startSeconds: 0, stepSeconds: 1800, length: values.length }, values } };
}

const wave = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, t) => 10 + Math.sin((2 * Math.PI * t) / DAY) + ((t * 7919) % 13) / 50);

const materialOf = (series: ReadonlyMap<string, History>, horizon = 24) =>
  tuningMaterial(
    {
      workload: 'shop',
      fromFolder: '',
      series,
      horizon,
      seasonSteps: DAY,
      budget: { kind: 'steps', steps: 1 },
      seed: 1,
    },
    {}
  );

const refusal = (reason: RegExp) => (error: unknown) =>
  error instanceof HeadroomError && error.code === 'MODEL_HISTORY_UNFIT' && reason.test(error.message);

describe('the material of a tune', () => {
  it('parts every history into learning, stopping and deciding, none of which sees the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 240, max: 1500 }), fc.integer({ min: 1, max: 2000 }), (length, horizon) => {
        const { material, unseen } = materialOf(new Map([['load', historyOf(wave(length))]]), horizon);
        const { learning, validation, all, heldOut } = material;
        assert.ok(heldOut <= length / 3 && unseen >= 1 && unseen <= heldOut);
        assert.equal(learning.series[0]!.values.length, length - heldOut);
        assert.equal(validation.series[0]!.firstCutoff, length - heldOut);
        assert.equal(validation.series[0]!.values.length, length - unseen);
        assert.equal(all.series[0]!.values.length, length);
        assert.ok(material.horizon >= 1 && material.horizon <= Math.min(900, horizon));
        assert.ok(material.horizon <= unseen, 'there is a whole horizon to decide by');
      })
    );
  });

  it('leaves out what cannot be learnt from, and says why', () => {
    const late = wave(480).fill(Number.NaN, 0, 470);
    const { material, leftOut } = materialOf(
      new Map([
        ['load', historyOf(wave(480))],
        ['flat', historyOf(new Float64Array(480).fill(3))],
        ['late', historyOf(late)],
      ])
    );
    assert.deepEqual([...material.histories.keys()], ['load']);
    assert.match(leftOut['flat']!, /constant/);
    assert.match(leftOut['late']!, /0 measurements/);
  });

  it('refuses no history, a constant one, one too short, and one that begins too late', () => {
    assert.throws(() => materialOf(new Map()), refusal(/none yet/));
    assert.throws(
      () => materialOf(new Map([['cpu', historyOf(new Float64Array(480).fill(0))]])),
      refusal(/cpu was constant/)
    );
    assert.throws(() => materialOf(new Map([['cpu', historyOf(wave(100))]])), refusal(/needs 5d/));
    const late = wave(480).fill(Number.NaN, 0, 460);
    assert.throws(() => materialOf(new Map([['cpu', historyOf(late)]])), refusal(/measurements to learn from/));
  });

  it('tells other data by another hash', () => {
    const hash = (values: Float64Array): string => materialOf(new Map([['load', historyOf(values)]])).material.sha256;
    const changed = wave(480);
    changed[3]! += 1e-9;
    assert.equal(hash(wave(480)), hash(wave(480)));
    assert.notEqual(hash(wave(480)), hash(changed));
  });
});
