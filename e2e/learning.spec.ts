import { testIds } from '../src/testIds';
import { someModels, someRoles } from '../src/testing/learningFixtures';
import { SIDECAR } from './places';
import { expect, test } from './test';

const WORKLOAD = 'checkout';

test('a roll back is asked twice, by keyboard alone, and told to the sidecar with its reason', async ({ page, at }) => {
  const told: unknown[] = [];
  await page.route(`${SIDECAR}/api/v1/models`, (route) => route.fulfill({ json: someModels() }));
  await page.route('**/admin/api/v1/models/lstm/rollback', (route) => {
    told.push(route.request().postDataJSON());
    return route.fulfill({ json: someRoles() });
  });
  await page.goto(at.workloadModels(WORKLOAD));
  await page.getByTestId(testIds.models.rollBack('lstm')).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Reason').focus();
  await page.keyboard.type('worse since Monday');
  await page.getByTestId(testIds.models.confirm).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(told).toEqual([{ workload: WORKLOAD, reason: 'worse since Monday' }]);
});

test('the report of a month is a page to print, and its figures are a file to take away', async ({ page, at }) => {
  await page.goto(at.report);
  const link = await page.getByTestId(testIds.report.print).getAttribute('href');
  const report = await page.request.get(link ?? '');
  expect(report.headers()['content-type']).toContain('text/html');
  expect(await report.text()).toContain('Headroom in ');
  const download = page.waitForEvent('download');
  await page.getByTestId(testIds.report.csv).click();
  expect((await download).suggestedFilename()).toBe('headroom-kpis.csv');
});
