import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FleetView } from '../../../control/index.ts';
import { exampleFleet } from './exampleFleet.ts';
import { PastOutlooks } from './pastOutlooks.ts';

const NOW = 1_767_225_600;
const HOUR = 3600;

describe('PastOutlooks', () => {
  function opened(read?: FleetView['pastOutlooks']) {
    const fleet = exampleFleet({ nowSeconds: NOW, workloadCount: 2 });
    const asked: Array<readonly [string, number, number, string | undefined]> = [];
    const counted: FleetView = {
      ...fleet,
      pastOutlooks(workload, from, to, range) {
        asked.push([workload, from, to, range]);
        return (read ?? fleet.pastOutlooks.bind(fleet))(workload, from, to, range);
      },
    };
    const [first, second] = fleet.workloads();
    return { past: new PastOutlooks(counted), asked, first: first!, second: second! };
  }

  it('reads once what several ask for, at the same time and later, to whole hours', async () => {
    const { past, asked, first } = opened();
    const both = await Promise.all([
      past.read(first, first.outlook, NOW - 5 * HOUR + 1, NOW),
      past.read(first, first.outlook, NOW - 4 * HOUR, NOW - HOUR),
    ]);
    assert.ok(both[0].length > 0);
    assert.equal(both[0], both[1]);
    assert.equal(await past.read(first, first.outlook, NOW - 5 * HOUR, NOW), both[0]);
    assert.deepEqual(asked, [[first.config.name, NOW - 5 * HOUR, NOW, undefined]]);
  });

  it('reads again for more time, another workload, another range, and when the next outlook was issued', async () => {
    const { past, asked, first, second } = opened();
    await past.read(first, first.outlook, NOW - HOUR, NOW);
    await past.read(first, first.outlook, NOW - 3 * HOUR, NOW);
    await past.read(second, second.outlook, NOW - HOUR, NOW);
    await past.read(first, first.outlook, NOW - HOUR, NOW, 'near');
    await past.read(first, { ...first.outlook!, issuedAtSeconds: NOW }, NOW - HOUR, NOW);
    assert.equal(asked.length, 5);
  });

  it('keeps nothing where no outlook tells when there is a new one', async () => {
    const { past, asked, first } = opened();
    await Promise.all([past.read(first, undefined, NOW - HOUR, NOW), past.read(first, undefined, NOW - HOUR, NOW)]);
    await past.read(first, undefined, NOW - HOUR, NOW);
    assert.equal(asked.length, 2);
  });

  it('asks again after a failure, which all that waited for it see', async () => {
    const { past, asked, first } = opened(() => Promise.reject(new Error('the storage is gone')));
    for (let attempt = 1; attempt <= 2; attempt++) {
      await assert.rejects(past.read(first, first.outlook, NOW - HOUR, NOW), /the storage is gone/);
      assert.equal(asked.length, attempt);
    }
  });

  it('lets go of the least recently used', async () => {
    const length = 5_000_000;
    const { past, asked, first, second } = opened(() => {
      const { outlook } = first;
      const series = outlook!.series.map((one) => ({ ...one, values: { length } as Float64Array }));
      return Promise.resolve([{ ...outlook!, series }]);
    });
    await past.read(first, first.outlook, NOW - HOUR, NOW);
    await past.read(second, second.outlook, NOW - HOUR, NOW);
    await past.read(second, second.outlook, NOW - HOUR, NOW);
    assert.equal(asked.length, 2);
    await past.read(first, first.outlook, NOW - HOUR, NOW);
    assert.equal(asked.length, 3);
  });
});
