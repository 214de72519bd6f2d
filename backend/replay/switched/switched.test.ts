import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createForecaster } from '../../forecasting/index.ts';
import { randomNormal, seededRandom } from '../../random/index.ts';
import type { Series } from '../../timeseries/index.ts';
import { replayClock } from '../replayClock.ts';
import type { ReplayService } from '../replayService.ts';
import type { ArmSetting } from './armPolicy.ts';
import { modelFloors } from './modelFloors.ts';
import { replaySwitched, type SwitchedRuns } from './replaySwitched.ts';
import type { SwitchedArm } from './switchedPolicy.ts';

const STEP = 1800;
const DAY_ROWS = 48;
const SERVICE: ReplayService = {
  ...{ perReplica: 50, startSeconds: 300, drainSeconds: 30, metricLagSeconds: 30, min: 1, max: 200, risk: 0.05 },
  hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 60, downStabilizationSeconds: 300 },
};

function traceOf(days: number, seed: number): Series {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length: days * DAY_ROWS }, (_, row) =>
    row % 37 === 0 ? Number.NaN : 500 + 300 * Math.sin((2 * Math.PI * row) / DAY_ROWS) + 20 * randomNormal(random)
  );
  return { grid: { startSeconds: 1_789_948_800, stepSeconds: STEP, length: values.length }, values };
}

function played(
  arms: Readonly<Record<SwitchedArm, ArmSetting>>,
  armAt: (seconds: number) => SwitchedArm,
  trace = traceOf(5, 1)
): SwitchedRuns {
  const steps = replaySwitched({ trace, firstRow: 3 * DAY_ROWS, service: SERVICE, arms, armAt });
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done === true) {
      return next.value;
    }
    assert.ok(next.value >= 0 && next.value <= 1, `${String(next.value)} is no share`);
  }
}

describe('two policies that are switched between', () => {
  it('are one where both are the same, however they are switched', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        const { switched, alone } = played({ a: { policy: 'hpa' }, b: { policy: 'hpa' } }, () =>
          random() < 0.5 ? 'a' : 'b'
        );
        assert.deepEqual(switched, alone.a);
        assert.deepEqual(switched, alone.b);
      }),
      { numRuns: 10 }
    );
  });

  it('are the one that is in force all the time, headroom too', () => {
    const arms = { a: { policy: 'headroom', risk: 0.2 }, b: { policy: 'hpa', targetUtilization: 0.5 } } as const;
    const always = (arm: SwitchedArm) => played(arms, () => arm);
    const [a, b] = [always('a'), always('b')];
    assert.deepEqual(a.switched, a.alone.a);
    assert.deepEqual(b.switched, b.alone.b);
    assert.notDeepEqual(a.switched.desired, b.switched.desired);
  });

  it('leave what starts to start: a switch serves no sooner than a replica can', () => {
    const start = 1_789_948_800 + 4 * 86_400;
    const { switched, alone } = played(
      { a: { policy: 'hpa', targetUtilization: 0.9 }, b: { policy: 'hpa', targetUtilization: 0.3 } },
      (seconds) => (seconds < start ? 'a' : 'b')
    );
    const row = DAY_ROWS;
    assert.equal(switched.desiredAtRow[row], alone.b.desiredAtRow[row]);
    assert.ok(switched.readyAtRow[row]! < alone.b.readyAtRow[row]!);
    assert.equal(switched.readyAtRow[row + 1], alone.b.readyAtRow[row + 1]);
  });
});

describe('floors of a model', () => {
  it('see nothing after what is known', async () => {
    const trace = traceOf(4, 2);
    const firstRow = 2 * DAY_ROWS;
    const cut = 3 * DAY_ROWS;
    const changed = { ...trace, values: trace.values.map((value, row) => (row < cut ? value : 10 * value)) };
    const of = (series: Series) =>
      modelFloors(series, replayClock(series, firstRow, SERVICE), SERVICE, {
        ...{ forecaster: createForecaster('seasonal-naive'), risk: 0.05, seed: 1 },
      });
    const [floors, others] = [await of(trace), await of(changed)];
    let last = 0;
    for (let known = firstRow; known <= cut; known++) {
      assert.equal(floors.at(known, 1, 0), others.at(known, 1, 0));
      last = floors.at(known, 1, 0);
    }
    assert.ok(last > 1);
    assert.notEqual(floors.at(trace.grid.length, 1, 0), others.at(trace.grid.length, 1, 0));
  });
});
