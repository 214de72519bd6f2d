import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offlineFloor } from '../bench/replay/loop/offlineFloor.ts';
import { playLoop } from '../bench/replay/loop/playLoop.ts';
import type { ReplayService } from './replay/index.ts';
import { scorePolicy } from './replay/scorePolicy.ts';

const DAY_ROWS = 1440;
const FIRST_ROW = 2 * DAY_ROWS;
const PLAYED_ROWS = 180;

test('in auto, the loop itself costs and serves what the replay says of its policy', async () => {
  const values = Float64Array.from({ length: FIRST_ROW + PLAYED_ROWS }, (_, row) => {
    const day = Math.sin((2 * Math.PI * (row - 100)) / DAY_ROWS);
    return 1000 + 500 * day + 40 * Math.sin(row / 7) + ((row * 7919) % 101) - 50;
  });
  const trace = { grid: { startSeconds: 1_790_035_200, stepSeconds: 60, length: values.length }, values };
  const service: ReplayService = {
    perReplica: 50,
    startSeconds: 180,
    drainSeconds: 30,
    metricLagSeconds: 30,
    min: 1,
    max: 200,
    hpa: { targetUtilization: 0.7, tolerance: 0.1, syncSeconds: 15, downStabilizationSeconds: 300 },
    risk: 0.01,
  };
  const { floored, alone } = offlineFloor(trace, FIRST_ROW, service);
  const run = await playLoop({
    trace,
    firstRow: FIRST_ROW,
    service,
    forecast: { step: '1h', horizon: '6h', history: '3d' },
  });
  const [replay, hpa, loop] = [floored, alone, run].map((each) =>
    scorePolicy(each, values.subarray(FIRST_ROW), 60, service)
  );
  const hours = `loop ${String(loop!.replicaHours)}, replay ${String(replay!.replicaHours)}, hpa ${String(hpa!.replicaHours)}`;
  assert.ok(Math.abs(loop!.replicaHours / replay!.replicaHours - 1) <= 0.02, hours);
  assert.ok(loop!.replicaHours < hpa!.replicaHours, hours);
  assert.ok(loop!.violationMinutes <= replay!.violationMinutes + 1);
  assert.ok(
    run.utilizations.every((utilization) => utilization > 1),
    'the target is relaxed from the first turn on'
  );
  assert.ok(run.writes > 20, 'the floor moves with the near range');
  assert.deepEqual(
    run.events.filter(({ level }) => level !== 'info'),
    []
  );
});
