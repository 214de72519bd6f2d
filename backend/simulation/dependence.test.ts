import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../random/index.ts';
import type { Series } from '../timeseries/index.ts';
import { choleskyFactor } from './choleskyFactor.ts';
import { estimateDependence } from './estimateDependence.ts';
import { normalScores } from './normalScores.ts';
import { deviationSinceCutoff, recursionOf } from './recursion.ts';
import { samplePaths } from './samplePaths.ts';
import { seasonalResidual } from './seasonalResidual.ts';

const HOUR = 3600;

function series(values: ArrayLike<number>, stepSeconds = HOUR): Series {
  return {
    grid: { startSeconds: 1_700_006_400 - values.length * stepSeconds, stepSeconds, length: values.length },
    values: Float64Array.from(values),
  };
}

/** Hourly values with a daily shape and surprises that die away as `persistence`; `shared` of them are common to all. */
function fleet(count: number, days: number, persistence: number, shared: number, seed: number): Series[] {
  const random = seededRandom(seed);
  const states = new Float64Array(count);
  const rows = Array.from({ length: count }, () => new Float64Array(days * 24));
  for (let i = 0; i < days * 24; i++) {
    const common = randomNormal(random);
    for (let k = 0; k < count; k++) {
      const own = randomNormal(random);
      const surprise = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * own;
      states[k] = persistence * states[k]! + Math.sqrt(1 - persistence ** 2) * surprise;
      rows[k]![i] = 100 + 40 * Math.sin((i / 12) * Math.PI) + 5 * states[k]!;
    }
  }
  return rows.map((row) => series(row));
}

test('a recursion has the correlation it stands for, at every lag, and unit variance', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 0.97, noNaN: true }),
      (weight, persistence) => {
        const { echo, deviation } = recursionOf({ weight, persistence });
        const response = Array.from({ length: 800 }, (_, i) =>
          i === 0 ? deviation : deviation * (persistence + echo) * persistence ** (i - 1)
        );
        const covariance = (lag: number) =>
          response.slice(lag).reduce((sum, value, i) => sum + value * response[i]!, 0);
        assert.ok(Math.abs(covariance(0) - 1) < 1e-6);
        for (const lag of [1, 2, 7]) {
          assert.ok(Math.abs(covariance(lag) - weight * persistence ** lag) < 1e-6);
        }
      }
    )
  );
});

test('the deviation since the cutoff grows from one surprise to the stationary one', () => {
  const recursion = recursionOf({ weight: 0.9, persistence: 0.95 });
  const deviations = deviationSinceCutoff(recursion, 400);
  assert.equal(deviations[0], recursion.deviation);
  assert.ok(deviations.every((value, i) => i === 0 || value >= deviations[i - 1]!));
  assert.ok(Math.abs(deviations[399]! - 1) < 1e-6);
});

test('a Cholesky factor gives its correlations back, eased where none exists', () => {
  const good = Float64Array.from([1, 0.6, 0.3, 0.6, 1, 0.5, 0.3, 0.5, 1]);
  const product = (factor: Float64Array, i: number, j: number) =>
    [0, 1, 2].reduce((sum, k) => sum + factor[i * 3 + k]! * factor[j * 3 + k]!, 0);
  const factor = choleskyFactor(good, 3);
  const impossible = choleskyFactor(Float64Array.from([1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1]), 3);
  for (let i = 0; i < 3; i++) {
    assert.ok(Math.abs(product(impossible, i, i) - 1) < 1e-9);
    for (let j = 0; j < 3; j++) {
      assert.ok(Math.abs(product(factor, i, j) - good[i * 3 + j]!) < 1e-12);
    }
  }
});

test('normal scores keep the order, share ties and leave gaps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)), { minLength: 1 }),
      (values) => {
        const scores = normalScores(Float64Array.from(values));
        values.forEach((value, i) => {
          assert.equal(Number.isNaN(scores[i]!), Number.isNaN(value));
          values.forEach((other, j) => {
            if (value < other) {
              assert.ok(scores[i]! < scores[j]!);
            } else if (value === other) {
              assert.equal(scores[i], scores[j]);
            }
          });
        });
      }
    )
  );
});

test('a daily shape and a trend leave next to nothing, and gaps stay gaps', () => {
  const values = Float64Array.from({ length: 24 * 20 }, (_, i) => 50 + 0.1 * i + 20 * Math.cos((i / 12) * Math.PI));
  values[30] = Number.NaN;
  const residual = seasonalResidual(series(values));
  assert.ok(Number.isNaN(residual[30]!));
  const largest = Math.max(...residual.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value))));
  assert.ok(largest < 2, String(largest));
});

test('fewer than 30 past days give a Gaussian copula with the persistence and the correlation of the past', () => {
  const { kind, times, factor } = estimateDependence(fleet(2, 25, 0.9, 0.6, 8), 24);
  assert.equal(kind, 'gaussian');
  for (const { weight, persistence } of times) {
    assert.ok(weight > 0.75 && persistence > 0.8 && persistence < 0.96, JSON.stringify({ weight, persistence }));
  }
  assert.ok(factor[2]! > 0.35 && factor[2]! < 0.8, String(factor[2]));
});

test('30 past days and more give a Schaake shuffle, weekdays kept apart once there are enough', () => {
  const few = estimateDependence(fleet(2, 35, 0.9, 0.6, 8), 24);
  assert.ok(few.kind === 'schaake' && few.template.dayCount === 34);
  const many = estimateDependence(fleet(1, 70, 0.9, 0, 8), 24);
  assert.ok(many.kind === 'schaake' && many.template.dayCount < 55 && many.template.dayCount >= 30);
});

test('days with gaps are no template, and without enough of them a Gaussian copula takes over', () => {
  const [history] = fleet(1, 40, 0.9, 0, 8);
  for (let day = 0; day < 12; day++) {
    history!.values.fill(Number.NaN, day * 72 + 5, day * 72 + 12);
  }
  assert.equal(estimateDependence([history!], 24).kind, 'gaussian');
});

test('a Schaake shuffle brings back what a copula of correlations cannot know: series that rise apart at night only', () => {
  const random = seededRandom(12);
  const days = 200;
  const rows = [new Float64Array(days * 24), new Float64Array(days * 24)];
  for (let i = 0; i < days * 24; i++) {
    const surprise = randomNormal(random);
    rows[0]![i] = 100 + surprise;
    rows[1]![i] = 100 + (i % 24 < 12 ? surprise : randomNormal(random));
  }
  const dependence = estimateDependence(
    rows.map((row) => series(row)),
    24
  );
  const margin = { levels: [0.05, 0.5, 0.95], values: Float64Array.from({ length: 72 }, (_, i) => Math.floor(i / 24)) };
  const [block] = samplePaths([margin, margin], dependence, { pathCount: 2000, seed: 1 });
  const together = (step: number) => {
    let both = 0;
    for (let path = 0; path < 2000; path++) {
      both += block!.values[path * 48 + step]! > 1 === block!.values[path * 48 + 24 + step]! > 1 ? 1 : 0;
    }
    return both / 2000;
  };
  assert.ok(together(3) > together(15) + 0.15, `${String(together(3))} ${String(together(15))}`);
});

test('hardly any history, a constant one and one without a measurement still give a dependence', () => {
  const cases = [[5], Array.from({ length: 100 }, () => 7), Array.from({ length: 50 }, () => Number.NaN), []];
  for (const values of cases) {
    const { times, factor } = estimateDependence([series(values), series(values)], 12);
    assert.ok(
      times.every(({ weight, persistence }) => weight >= 0 && weight <= 1 && persistence >= 0 && persistence < 1)
    );
    assert.ok(factor.every(Number.isFinite));
  }
});
