import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomNormal, seededRandom } from '../../random/index.ts';
import { addScores, crps, CRPS_LEVELS, emptyScores } from '../../statistics/index.ts';
import { createForecaster } from '../createForecaster.ts';
import type { Forecast } from '../forecast.ts';
import type { History } from '../history.ts';
import { bridgedGaps } from './bridgedGaps.ts';
import { DAY, drivenCase, type DrivenCase } from './drivenCase.fixture.ts';
import { shareAt, sharesByLead } from './sharesByLead.ts';
import { spreadByEffect } from './spreadByEffect.ts';

const service = drivenCase(11, 14, (requests) => 20 + 0.5 * requests, 1);

function known({ cpu, requests }: DrivenCase): History {
  return { target: cpu, knownCovariates: new Map([['requests', requests]]) };
}

async function forecast(history: History, name = 'driven'): Promise<Forecast> {
  const predictor = await createForecaster(name).fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
  return predictor.predict(history, { horizon: DAY, levels: CRPS_LEVELS });
}

function scoreOf({ values }: Forecast, { truth }: DrivenCase): number {
  const scores = emptyScores(CRPS_LEVELS);
  addScores(scores, values, truth);
  return crps(scores)!;
}

test('with its drivers known a target is forecast far better, and the reason names them', async () => {
  const conditional = await forecast(known(service));
  const alone = scoreOf(await forecast({ target: service.cpu }), service);
  assert.ok(scoreOf(conditional, service) < 0.4 * alone, `${scoreOf(conditional, service)} beside ${alone}`);
  assert.match(conditional.reason ?? '', /^driven by requests, which explain \d+ %/);
  assert.ok(scoreOf(await forecast(known(service), 'auto'), service) < 0.6 * alone);
});

test('auto asks it only where there are covariates', async () => {
  assert.match((await forecast(known(service), 'auto')).reason ?? '', /driven \d+ %/);
  assert.doesNotMatch((await forecast({ target: service.cpu }, 'auto')).reason ?? '', /driven/);
});

test('without covariates, or with ones that say nothing, it forecasts as cycles does', async () => {
  const plain = await forecast({ target: service.cpu }, 'cycles');
  assert.deepEqual((await forecast({ target: service.cpu })).values, plain.values);
  const random = seededRandom(4);
  const values = service.requests.values.map(() => randomNormal(random));
  const useless = await forecast(known({ ...service, requests: { ...service.requests, values } }));
  assert.deepEqual(useless.values, plain.values);
  assert.match(useless.warnings.join(), /do not help/);
});

test('a driver that is not known over the horizon is forecast, and the forecast is wider', async () => {
  const width = ({ values }: Forecast): number =>
    values.subarray(8 * DAY).reduce((sum, value, step) => sum + value - values[step]!, 0);
  const past = await forecast({ target: service.cpu, pastCovariates: new Map([['requests', service.requests]]) });
  assert.ok(width(past) > 1.5 * width(await forecast(known(service))));
  assert.ok(scoreOf(past, service) < 1.1 * scoreOf(await forecast({ target: service.cpu }), service));
});

test('a driver known at the fit and lost later is forecast too, and gaps of a known one are bridged', async () => {
  const history = known(service);
  const predictor = await createForecaster('driven').fit(history, { horizon: DAY, seed: 1, seasonSteps: DAY });
  const lost = { grid: service.cpu.grid, values: service.requests.values.subarray(0, service.cpu.values.length) };
  const without = await predictor.predict(
    { target: service.cpu, knownCovariates: new Map([['requests', lost]]) },
    { horizon: DAY, levels: CRPS_LEVELS }
  );
  assert.equal(without.model, 'driven');
  assert.ok(!without.warnings.some((warning) => warning.includes('stand in')), without.warnings.join());
  const none = await predictor.predict({ target: service.cpu }, { horizon: DAY, levels: CRPS_LEVELS });
  assert.ok(none.values.every(Number.isFinite));

  assert.deepEqual([...bridgedGaps(Float64Array.of(1, 2, Number.NaN, 4, 5, 6, 7), 2)], [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual([...bridgedGaps(Float64Array.of(1, 2, 3, 4, 5, Number.NaN), 2)], [1, 2, 3, 4, 5, 5]);
  const half = Float64Array.of(1, 2, Number.NaN, 4);
  assert.equal(bridgedGaps(half, 2), half);
});

test('the same history gives the same forecast to the bit', async () => {
  assert.deepEqual((await forecast(known(service))).values, (await forecast(known(service))).values);
});

test('a target that follows its own last value is left to it at short leads', () => {
  const random = seededRandom(2);
  const target = Float64Array.from({ length: 4000 }, (_, t) => (t % DAY < DAY / 2 ? 10 * Math.floor(t / DAY) : 0));
  const effect = target.map((value) => value + 3 * randomNormal(random));
  const shares = sharesByLead(target, effect, DAY, 4 * DAY);
  assert.ok(shareAt(shares, 1) < 0.3 && shareAt(shares, 72) > 0.7, JSON.stringify(shares));
});

test('the spread grows with the effect where errors do, and is 1 where too little is known', () => {
  const random = seededRandom(3);
  const effect = Float64Array.from({ length: 3000 }, (_, t) => t / 30);
  const errors = effect.map((value) => (1 + value) * randomNormal(random));
  const spread = spreadByEffect(effect, errors);
  assert.ok(spread(90) > 4 * spread(10));
  assert.ok(spread(1e9) === spread(99) && spread(-1e9) === spread(0));
  assert.equal(spreadByEffect(effect.subarray(0, 50), errors.subarray(0, 50))(3), 1);
});
