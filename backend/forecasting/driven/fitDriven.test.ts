import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { gridAfter, type Series } from '../../timeseries/index.ts';
import { historyUntil } from '../historyUntil.ts';
import { DAY, drivenCase, type DrivenCase } from './drivenCase.fixture.ts';
import { driverRise } from './driverRise.ts';
import { fitDriven, type DrivenFit } from './fitDriven.ts';

function knownHistory({ cpu, requests }: DrivenCase) {
  return { target: cpu, knownCovariates: new Map([['requests', requests]]) };
}

/** How much more of the target `factor` times the driver makes, at each step of the horizon. */
function rise({ map, effect }: DrivenFit, { requests }: DrivenCase, factor: number): Float64Array {
  const from = requests.values.length - DAY;
  const values = requests.values.map((value, t) => (t >= from ? factor * value : value));
  const changed = map!.effect(map!.columns(new Map([['requests', { grid: requests.grid, values }]])));
  return changed.subarray(from).map((value, step) => value - effect[from + step]!);
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

test('a planted slope is found through a wandering level, noise, outliers and gaps', () => {
  const service = drivenCase(1, 14, (requests) => 20 + 0.5 * requests, 2);
  const random = seededRandom(5);
  const cpu = service.cpu.values.map((value) => (random() < 0.005 ? 400 : random() < 0.05 ? Number.NaN : value));
  const fit = fitDriven(knownHistory({ ...service, cpu: { ...service.cpu, values: cpu } }), { horizon: DAY });
  const slope = meanOf(rise(fit, service, 1.2)) / (0.2 * meanOf(service.requests.values.subarray(-DAY)));
  assert.ok(Math.abs(slope - 0.5) < 0.03, String(slope));
  assert.ok(fit.strength > 0.7, String(fit.strength));
  assert.ok(fit.coefficients.every(({ driver }) => driver === 'requests'));
  assert.equal(fit.future?.length, DAY);
  const off = meanOf(fit.future.map((value, step) => Math.abs(value - service.truth[step]!)));
  assert.ok(off < 6, String(off));
});

test('a response that saturates bends, and one that comes late is found by its lags', () => {
  const bent = drivenCase(2, 14, (requests) => Math.min(requests, 110), 1);
  const high = fitDriven(knownHistory(bent), { horizon: DAY });
  const top = Float64Array.from(bent.requests.values.subarray(-DAY).keys()).filter(
    (step) => bent.requests.values.at(-DAY + step)! > 130
  );
  const more = rise(high, bent, 1.1);
  assert.ok(meanOf(top.map((step) => more[step]!)) < 4, 'past the bend little is added');

  const late = drivenCase(3, 14, (_, t, all) => 0.5 * (all[t - 6] ?? all[0]!), 1);
  const fit = fitDriven(knownHistory(late), { horizon: DAY });
  assert.ok(fit.coefficients.some(({ feature }) => feature.includes('steps ago')));
  const lasting = rise(fit, late, 1.2).subarray(DAY / 2);
  const expected = 0.1 * meanOf(late.requests.values.subarray(-DAY / 2));
  assert.ok(Math.abs(meanOf(lasting) - expected) < 0.25 * expected, `${meanOf(lasting)} beside ${expected}`);
});

test('covariates that say nothing mostly have strength 0 and no effect', () => {
  let without = 0;
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    const service = drivenCase(seed, 10, (_, t) => 50 + 20 * Math.sin((2 * Math.PI * t) / DAY), 2);
    const random = seededRandom(seed + 100);
    let walk = 0;
    const values = service.requests.values.map(() => (walk += randomNormal(random)));
    const fit = fitDriven(knownHistory({ ...service, requests: { ...service.requests, values } }), { horizon: DAY });
    assert.ok(fit.strength < 0.1, String(fit.strength));
    assert.equal(fit.map === undefined, fit.strength === 0);
    assert.ok(fit.strength > 0 || fit.effect.every((value) => value === 0));
    assert.ok(fit.future!.every(Number.isFinite));
    without += fit.strength === 0 ? 1 : 0;
  }
  assert.ok(without >= 6, String(without));
});

test('a daily cycle that both share is not taken for a response', () => {
  const service = drivenCase(6, 14, (_, t) => 50 + 20 * Math.sin((2 * Math.PI * t) / DAY), 2);
  const fit = fitDriven(knownHistory(service), { horizon: DAY });
  assert.ok(fit.strength < 0.1, String(fit.strength));
});

test('more of a driver never makes less where the past agrees that it makes more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1, max: 5, noNaN: true }), (seed, factor) => {
      const service = drivenCase(seed, 6, (requests) => 5 * Math.sqrt(requests), 1);
      const fit = fitDriven(knownHistory(service), { horizon: DAY });
      const daily = fit.coefficients.some(({ feature }) => feature.includes('of day'));
      assert.ok(daily || rise(fit, service, factor).every((value) => value >= -1e-9));
    }),
    { numRuns: 20 }
  );
});

test('nothing after the cutoff is read but known covariates, and what they say does not change the past', () => {
  const service = drivenCase(7, 8, (requests) => requests / 3, 1);
  const whole = { target: service.cpu, pastCovariates: new Map([['p', service.requests]]), ...{} };
  const cut = historyUntil(knownHistory(service), 6 * DAY, DAY);
  const changed = new Map([
    [
      'requests',
      { grid: service.requests.grid, values: service.requests.values.map((v, t) => (t < 6 * DAY ? v : 7 * v)) },
    ],
  ]);
  const one = fitDriven(cut, { horizon: DAY });
  const other = fitDriven(historyUntil({ target: service.cpu, knownCovariates: changed }, 6 * DAY, DAY), {
    horizon: DAY,
  });
  assert.deepEqual(other.past, one.past);
  assert.deepEqual(other.coefficients, one.coefficients);
  assert.notDeepEqual(other.future, one.future);
  const past = fitDriven(whole, { horizon: DAY });
  assert.equal(past.future, undefined);
  assert.ok(past.strength > 0.5);
  assert.ok(past.effect.subarray(service.cpu.values.length).every(Number.isNaN));
});

test('where a covariate is missing the fit is, and nowhere else', () => {
  const service = drivenCase(8, 8, (requests) => requests / 3, 1);
  const values = service.requests.values.slice();
  values[1000] = Number.NaN;
  values[8 * DAY + 5] = Number.NaN;
  const fit = fitDriven(knownHistory({ ...service, requests: { ...service.requests, values } }), { horizon: DAY });
  assert.ok(Number.isNaN(fit.past[1000]) && Number.isFinite(fit.past[1001]));
  assert.deepEqual(
    Array.from(fit.future!.keys()).filter((step) => Number.isNaN(fit.future![step])),
    [5]
  );
});

test('whatever the numbers, no error and nothing infinite', () => {
  const odd = fc.oneof(
    fc.constantFrom(0, Number.NaN, 1e300, -1e300, 1e-300, Number.POSITIVE_INFINITY, 1),
    fc.double({ min: -1e3, max: 1e3, noNaN: true })
  );
  const seriesOf = (values: readonly number[], length: number): Series => ({
    grid: { startSeconds: 0, stepSeconds: 3600, length },
    values: Float64Array.from({ length }, (_, t) => values[t % values.length]! * (1 + (t % 7))),
  });
  fc.assert(
    fc.property(
      fc.array(odd, { minLength: 1, maxLength: 90 }),
      fc.array(odd, { minLength: 1, maxLength: 70 }),
      fc.integer({ min: 1, max: 400 }),
      (target, driver, length) => {
        const values = seriesOf(
          target.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
          length
        );
        const fit = fitDriven(
          { target: values, knownCovariates: new Map([['x', seriesOf(driver, length + 12)]]) },
          { horizon: 12 }
        );
        assert.ok(fit.strength >= 0 && fit.strength <= 1);
        assert.ok(fit.coefficients.every(({ value }) => Number.isFinite(value)));
        assert.equal(fit.past.length, length);
        assert.equal(fit.future?.length, 12);
      }
    )
  );
});

test('what a change of the driver makes is read off the map as its columns say', () => {
  for (const response of [
    (requests: number) => Math.min(requests, 110),
    (requests: number, t: number, all: Float64Array) => requests + 0.5 * (all[t - 6] ?? all[0]!),
    (requests: number, t: number) => requests * (2 + Math.sin((2 * Math.PI * t) / DAY)),
  ]) {
    const service = drivenCase(9, 14, response, 1);
    const fit = fitDriven(knownHistory(service), { horizon: DAY });
    const base = service.requests.values.subarray(-DAY);
    const changed = base.map((value) => 1.3 * value);
    const rises = new Float64Array(DAY);
    driverRise(fit.map!, 'requests', gridAfter(service.cpu.grid, DAY))!(base, changed, rises);
    rise(fit, service, 1.3).forEach((value, step) => {
      assert.ok(Math.abs(value - rises[step]!) < 1e-9 * 1000, `${step}: ${value} beside ${rises[step]!}`);
    });
  }
  const service = drivenCase(9, 14, (requests) => requests, 1);
  const { map, responseErrors } = fitDriven(knownHistory(service), { horizon: DAY });
  assert.equal(driverRise(map!, 'users', service.cpu.grid), undefined);
  assert.ok(responseErrors.get('requests')! < 0.05);
});
