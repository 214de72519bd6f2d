import { testIds } from '../src/testIds';
import { colouredShare } from './canvas';
import { expect, test, workloadNames } from './test';

test('the fleet is there: every workload with its state, its forecast drawn, the most urgent first', async ({
  page,
  at,
}) => {
  const names = await workloadNames(page);
  await page.goto(at.overview);
  const table = page.getByTestId(testIds.overview.table);
  await expect(table).toBeVisible();
  for (const name of names) {
    await expect(table.getByRole('link', { name, exact: true })).toBeVisible();
  }
  const sparklines = table.locator('canvas');
  await expect(sparklines).toHaveCount(names.length);
  for (const sparkline of await sparklines.all()) {
    await expect.poll(() => colouredShare(sparkline, { from: 0, to: 0.5 }), 'measured').toBeGreaterThan(0.001);
    await expect.poll(() => colouredShare(sparkline, { from: 0.5, to: 1 }), 'forecast').toBeGreaterThan(0.001);
  }
});

test('the search leaves what matches, and says so when nothing does', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.overview);
  const table = page.getByTestId(testIds.overview.table);
  await expect(table.getByRole('link', { name, exact: true })).toBeVisible();
  const search = page.getByTestId(testIds.overview.search).getByRole('textbox');
  await search.fill(name);
  await expect(table.getByRole('row')).toHaveCount(2);
  await search.fill('no workload is called this');
  await expect(page.getByText('No workload matches')).toBeVisible();
});

test('a workload opens by its link', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.overview);
  await page.getByTestId(testIds.overview.table).getByRole('link', { name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(at.workload(name)));
  await expect(page.getByTestId(testIds.workload.chart)).toBeVisible();
});
