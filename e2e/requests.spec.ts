import { requestsOf } from '../src/testing/actingFixtures';
import { testIds } from '../src/testIds';
import { openPictured } from './frozen/openPictured';
import { PICTURED } from './frozen/pictured';
import { expect, seriousFindings, test } from './test';

const WORKLOAD = 'search';
const REPLICA = 'search-abc-1: spec.containers[0].resources.requests.cpu';
const PROXY = '**/api/plugin-proxy/headroom-capacity-app';

test('what a replica should request is set exactly as shown, by keyboard alone, and given back', async ({
  page,
  at,
}) => {
  const told: string[] = [];
  const decided = (what: string) => ({
    decision: {
      ...{ id: 'd1', at: Date.now() / 1000, who: 'ana', what, workload: WORKLOAD, why: [], outcome: 'applied' },
      ...{ before: { cpu: 4 }, after: { cpu: 3.2 }, seq: 1, previousHash: '0'.repeat(64), hash: 'a'.repeat(64) },
    },
  });
  const recommendation = PICTURED.find(({ name }) => name === 'recommendation');
  if (recommendation === undefined) {
    throw new Error('the recommendation is not pictured');
  }
  await openPictured(
    page,
    {
      ...recommendation,
      standIns: [{ of: `workloads/${WORKLOAD}/requests`, json: () => requestsOf({ workload: WORKLOAD }) }],
    },
    at
  );
  for (const [path, json] of [
    [
      'propose/api/v1/workloads/search/requests/preview',
      {
        target: 'requests of deployment shop/search',
        set: { cpu: 3.2 },
        differences: [{ path: REPLICA, before: '4', after: '3200m' }],
        dryRun: { kind: 'accepted', message: '' },
        warnings: [],
      },
    ],
    ['approve/api/v1/workloads/search/requests/apply', decided('requests')],
    ['approve/api/v1/workloads/search/requests/rollback', decided('requests-rollback')],
  ] as const) {
    await page.route(`${PROXY}/${path}`, (route) => {
      told.push(path.slice(path.lastIndexOf('/') + 1));
      return route.fulfill({ json });
    });
  }
  const section = page.getByTestId(testIds.acting.requests);
  await expect(section).toContainText('fits from 2.20 cores to 3.70 cores');
  await page.getByTestId(testIds.acting.openRequests).focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByTestId(testIds.acting.requestsDrawer);
  await expect(drawer.getByTestId(testIds.acting.change)).toContainText('3200m');
  expect(await seriousFindings(page)).toEqual([]);
  await drawer.getByTestId(testIds.acting.applyRequests).focus();
  await page.keyboard.press('Enter');
  await expect(drawer.getByTestId(testIds.acting.result)).toContainText('applied');
  await drawer.getByTestId(testIds.acting.undo).focus();
  await page.keyboard.press('Enter');
  await expect(drawer.getByTestId(testIds.acting.result)).toHaveCount(2);
  expect(told).toEqual(['preview', 'apply', 'rollback']);
});
