import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costSchema, serviceFileSchema, workloadSchema } from '../../contract/index.ts';
import { compileCost } from './index.ts';

const none = (path: ReadonlyArray<string | number>, problem: string) => assert.fail(`${path.join('.')} ${problem}`);

test('without prices there is a currency and no price, and nothing is made up', () => {
  assert.deepEqual(compileCost(undefined, none), { currency: 'USD' });
  assert.deepEqual(compileCost({ currency: 'EUR', scaleAction: 2, weights: { churn: 0.5 } }, none), {
    currency: 'EUR',
    scaleAction: 2,
    weights: { churn: 0.5 },
  });
});

test('a tier that is not named costs what a replica costs, and needs that price', () => {
  const { tierReplicaHour } = compileCost({ replicaHour: 0.12, tierReplicaHour: { committed: 0.07 } }, none);
  assert.deepEqual(tierReplicaHour, { committed: 0.07, reserved: 0.12, burst: 0.12 });
  assert.deepEqual(compileCost({ tierReplicaHour: { committed: 1, reserved: 2, burst: 3 } }, none).tierReplicaHour, {
    committed: 1,
    reserved: 2,
    burst: 3,
  });
  const told: string[] = [];
  const broken = compileCost({ tierReplicaHour: { committed: 0.07 } }, (path) => told.push(path.join('.')));
  assert.deepEqual([told, broken.tierReplicaHour], [['tierReplicaHour'], undefined]);
});

test('the workloads file and a service know the same prices, and refuse the same ones', () => {
  for (const bad of [
    { replicaHour: 0 },
    { violationMinute: -1 },
    { droppedThousand: 1e10 },
    { idleReplicaHour: '1' },
    { tierReplicaHour: { committed: 0 } },
    { weights: { replicas: 0 } },
    { weights: { replica: 1 } },
    { currency: 'dollars' },
    { replicaMinute: 1 },
  ]) {
    assert.equal(costSchema.safeParse(bad).success, false, JSON.stringify(bad));
    assert.equal(workloadSchema.safeParse({ name: 'a', cost: bad }).success, false);
    assert.equal(serviceFileSchema.safeParse({ perReplica: 1, cost: bad }).success, false);
  }
  assert.equal(workloadSchema.shape.cost.unwrap(), serviceFileSchema.shape.cost.unwrap());
});
