import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { WorkloadEntry } from '../../contract/index.ts';
import { compileWorkload } from './compileWorkload.ts';
import { LIMITS } from './defaults.ts';

function compiled(forecast: NonNullable<WorkloadEntry['forecast']>, leadTime = '3m') {
  const entry: WorkloadEntry = { name: 'a', activity: { r: { query: 'q' } }, forecast, scaling: { leadTime } };
  const { workload, faults } = compileWorkload(entry, ['demo'], 'file');
  return { ...workload.forecast, faults: faults.map(({ path, problem }) => `${path.join('.')} ${problem}`) };
}

describe('the ranges of a workload', () => {
  it('the near one spans an hour or two lead times, whichever is longer', () => {
    assert.equal(compiled({ nearStep: '1m' }, '3m').near?.horizonSeconds, 3600);
    assert.equal(compiled({ nearStep: '1m' }, '50m').near?.horizonSeconds, 6000);
  });

  it('the near one is made every minute at most, on whole steps, from a bounded history', () => {
    fc.assert(
      fc.property(fc.integer({ min: LIMITS.minStepSeconds, max: 300 }), (step) => {
        const { near, faults } = compiled({ nearStep: `${step}s` });
        assert.deepEqual(faults, []);
        assert.ok(near !== undefined && near.intervalSeconds >= 60 && near.intervalSeconds < 60 + step);
        assert.equal(near.intervalSeconds % step, 0);
        assert.equal(near.horizonSeconds % step, 0);
        assert.ok(near.historySeconds / step <= LIMITS.maxNearHistorySteps);
      })
    );
  });

  it('planning takes a day and 90 days where it is silent, from samples a quarter of an hour apart', () => {
    const { planning } = compiled({ planning: {} });
    assert.deepEqual(planning, { stepSeconds: 86_400, horizonSeconds: 90 * 86_400, sampleSeconds: 900 });
    assert.equal(compiled({ step: '1h', planning: {} }).planning?.sampleSeconds, 3600);
    assert.equal(compiled({ step: '10s', planning: {} }).planning?.sampleSeconds, 900);
  });

  const faulty: ReadonlyArray<readonly [NonNullable<WorkloadEntry['forecast']>, RegExp]> = [
    [{ nearStep: '1s' }, /^forecast.nearStep must be whole seconds, at least 10s/],
    [{ nearStep: '10m' }, /^forecast.nearStep .* at most forecast.step$/],
    [{ nearStep: '0s' }, /^forecast.nearStep must be longer than nothing/],
    [{ planning: { step: '1h' } }, /^forecast.planning.step must be a whole number of days/],
    [{ step: '7m', horizon: '7h', planning: {} }, /^forecast.planning.step must be a whole number of forecast.step/],
    [{ planning: { horizon: '36h' } }, /^forecast.planning.horizon must be a whole number of planning.step/],
    [{ planning: { horizon: '5y' } }, /at most 400$/],
  ];
  for (const [forecast, match] of faulty) {
    it(`refuses ${JSON.stringify(forecast)}`, () => {
      assert.match(compiled(forecast).faults[0] ?? '', match);
    });
  }

  it('refuses a near step so fine that two lead times do not fit', () => {
    assert.match(compiled({ nearStep: '10s' }, '12h').faults.join(), /too short for a leadTime so long/);
  });
});
