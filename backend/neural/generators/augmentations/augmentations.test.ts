import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../../random/index.ts';
import {
  amplitudeModulation,
  augment,
  AUGMENTATION_PROBABILITIES,
  censor,
  missingBlocks,
  mixup,
  noise,
  quantise,
  smooth,
  spikeInjection,
  timeFlip,
  valueFlip,
} from './index.ts';

const values = fc
  .array(fc.oneof(fc.float({ min: 0, max: 1e6, noNaN: true }), fc.constant(Number.NaN)), {
    minLength: 1,
    maxLength: 200,
  })
  .map((each) => Float32Array.from(each));
const always = Object.fromEntries(Object.keys(AUGMENTATION_PROBABILITIES).map((name) => [name, 1]));
const never = Object.fromEntries(Object.keys(AUGMENTATION_PROBABILITIES).map((name) => [name, 0]));

test('every change keeps length and input, adds no infinity, and repeats for a seed', () => {
  const changes = [
    amplitudeModulation,
    censor,
    spikeInjection,
    missingBlocks,
    quantise,
    noise,
    smooth,
    (_: unknown, each: Float32Array) => timeFlip(each),
    (_: unknown, each: Float32Array) => valueFlip(each),
  ];
  fc.assert(
    fc.property(values, fc.integer(), (given, seed) => {
      const before = given.slice();
      for (const change of changes) {
        const out = change(seededRandom(seed), given);
        assert.notEqual(out.buffer, given.buffer);
        assert.equal(out.length, given.length);
        assert.ok(out.every((each) => Number.isNaN(each) || (each >= 0 && each < Number.POSITIVE_INFINITY)));
        assert.deepEqual(change(seededRandom(seed), given), out);
      }
      assert.deepEqual(given, before);
    })
  );
});

test('only missing blocks make a value missing, and nothing fills a gap but turning time', () => {
  fc.assert(
    fc.property(values, values, fc.integer(), (given, other, seed) => {
      const { values: out } = augment(seededRandom(seed), given, {
        probabilities: { ...always, missingBlocks: 0, timeFlip: 0 },
        other: () => other,
      });
      out.forEach((each, t) => {
        assert.equal(Number.isNaN(each), Number.isNaN(given[t]), `step ${t}`);
      });
    })
  );
});

test('flips undo themselves; a turned value stays between the least and the greatest', () => {
  fc.assert(
    fc.property(values, (given) => {
      assert.deepEqual(timeFlip(timeFlip(given)), given);
      const measured = given.filter((each) => !Number.isNaN(each));
      if (measured.length > 0) {
        const turned = valueFlip(given).filter((each) => !Number.isNaN(each));
        assert.ok(Math.abs(Math.max(...turned) - Math.max(...measured)) <= 1e-6 * Math.max(...measured));
        assert.ok(Math.min(...turned) >= Math.min(...measured));
      }
    })
  );
});

test('a censored series does not go beyond one of its own values', () => {
  const given = Float32Array.from({ length: 100 }, (_, t) => t);
  for (let seed = 0; seed < 50; seed++) {
    const out = censor(seededRandom(seed), given);
    const isUpper = out[0] === 0;
    assert.ok(isUpper ? out.every((each) => each <= out[99]!) : out.every((each) => each >= out[0]!));
    assert.ok(out.every((each, t) => each === given[t] || each === (isUpper ? out[99] : out[0])));
  }
});

test('spikes come at one period', () => {
  const out = spikeInjection(seededRandom(8), new Float32Array(400).fill(1));
  const starts = [...out.keys()].filter((t) => out[t]! > 1 && (t === 0 || out[t - 1] === 1));
  assert.ok(starts.length >= 2);
  assert.equal(new Set(starts.slice(1).map((each, i) => each - starts[i]!)).size, 1);
});

test('mixing in a series of another scale keeps the mean size', () => {
  const given = Float32Array.from({ length: 300 }, (_, t) => 5 + Math.sin(t));
  const other = Float32Array.from({ length: 200 }, (_, t) => 1e6 * (1 + (t % 7)));
  const mean = (list: Float32Array): number => list.reduce((sum, each) => sum + each, 0) / list.length;
  const out = mixup(seededRandom(1), given, other);
  assert.ok(Math.abs(mean(out) / mean(given) - 1) < 0.05);
  assert.deepEqual(out.subarray(0, 100), given.subarray(0, 100));
});

test('each change happens as often as its probability says, and time is turned only without a calendar', () => {
  const given = Float32Array.from({ length: 30 }, (_, t) => 1 + (t % 5));
  const random = seededRandom(3);
  const runs = 4000;
  const seen = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    for (const name of augment(random, given, { other: () => given }).applied) {
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
  }
  for (const [name, probability] of Object.entries(AUGMENTATION_PROBABILITIES)) {
    const expected = name === 'timeFlip' ? 0 : probability;
    const error = 5 * Math.sqrt((expected * (1 - expected)) / runs);
    assert.ok(Math.abs((seen.get(name) ?? 0) / runs - expected) <= error, name);
  }
  assert.deepEqual(augment(random, given, { probabilities: never }), { values: given, applied: [] });
  assert.deepEqual(
    augment(random, given, { probabilities: always, dropsCalendar: true }).applied.includes('timeFlip'),
    true
  );
});
