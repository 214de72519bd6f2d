import type { Page } from '@playwright/test';
import { testIds } from '../src/testIds';
import { declare, onFirstDay } from './firstDay';
import { forecastThisPanel, forecastThisQuery, openByPalette } from './grafanaMenus';
import { grafanaUrl } from './places';
import { BROKEN_REQUESTS, expect, seriousFindings, test, workloadNames } from './test';

const MOST_CLICKS = 5;

test.describe('from nothing', () => {
  // One after the other: the first wants the overview empty.
  test.describe.configure({ mode: 'default' });
  test.skip(grafanaUrl() !== undefined, 'needs a sidecar of its own');
  onFirstDay('an empty overview leads to a first forecast in five clicks at most', async ({ page, at }) => {
    let clicks = 0;
    const click = async (testId: string) => {
      clicks++;
      await page.getByTestId(testId).click();
    };
    await page.goto(at.overview);
    expect(await seriousFindings(page)).toEqual([]);
    await click(testIds.setup.add);
    await click(testIds.setup.query('query'));
    clicks++;
    await page.getByRole('option', { name: 'checkout.requests' }).click();
    await expect(page.getByTestId(testIds.setup.chart), 'drawn before anything is kept').toBeVisible();
    await expect(page.getByTestId(testIds.setup.name)).toHaveValue('checkout');
    await page.screenshot({ path: 'test-results/screenshots/setup-dark-1400.png', fullPage: true });
    await click(testIds.setup.save);
    await expect(page).toHaveURL(/\/workload\/checkout$/);
    await expect(page.getByTestId(testIds.workload.chart)).toBeVisible();
    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
  });

  onFirstDay('by keyboard alone, with capacity, objective and cost', async ({ page, at }) => {
    await page.goto(at.overview);
    await page.getByTestId(testIds.overview.add).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId(testIds.setup.query('query')).focus();
    await page.keyboard.type('search.req');
    await expect(page.getByRole('option', { name: 'search.requests' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId(testIds.setup.name)).toHaveValue('search');
    await page.getByTestId(testIds.setup.next).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId(testIds.setup.query('replicas')).focus();
    await page.keyboard.type('search.repl');
    await expect(page.getByRole('option', { name: 'search.replicas' })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.getByLabel('One replica serves').focus();
    await page.keyboard.type('50');
    await expect(page.getByTestId(testIds.setup.need)).toContainText('That takes');
    await page.getByTestId(testIds.setup.next).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('One replica, an hour').focus();
    await page.keyboard.type('0.12');
    await page.getByTestId(testIds.setup.next).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId(testIds.setup.review)).toContainText('"perReplica": 50');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByTestId(testIds.setup.save).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/workload\/search$/);
    await expect(page.getByTestId(testIds.workload.chart)).toBeVisible();
  });

  onFirstDay('what was added is changed, deleted after a question, and put back', async ({ page, at }) => {
    await declare(page, 'etl');
    await page.goto(at.workload('etl'));
    await page.getByTestId(testIds.setup.edit).click();
    await page.getByRole('tab', { name: /Cost/ }).click();
    await page.getByLabel('One replica, an hour').fill('cheap');
    await page.getByTestId(testIds.setup.save).click();
    await expect(page.getByRole('alert').first(), 'refused before it is sent').toBeVisible();
    await page.getByRole('tab', { name: /Cost/ }).click();
    await page.getByLabel('One replica, an hour').fill('0.2');
    await page.getByTestId(testIds.setup.save).click();
    await expect(page).toHaveURL(/\/workload\/etl$/);

    await page.getByTestId(testIds.setup.edit).click();
    await page.getByTestId(testIds.setup.delete).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByTestId(testIds.setup.deleted)).toBeVisible();
    await page.getByTestId(testIds.setup.undo).click();
    await expect(page).toHaveURL(/\/workload\/etl$/);
    await expect(page.getByTestId(testIds.workload.chart)).toBeVisible();
  });

  onFirstDay('a viewer sees the preview and reads which role adding needs', async ({ page }) => {
    await declare(page, 'etl');
    await page.goto('/a/headroom-capacity-app/setup?role=Viewer');
    await page.getByTestId(testIds.setup.query('query')).click();
    await page.getByRole('option', { name: 'checkout.requests' }).click();
    await expect(page.getByTestId(testIds.setup.chart)).toBeVisible();
    await expect(page.getByTestId(testIds.setup.save)).toBeDisabled();
    await page.goto('/a/headroom-capacity-app/overview');
    await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
    await expect(page.getByTestId(testIds.overview.add)).toHaveCount(0);
  });

  for (const theme of ['dark', 'light']) {
    for (const width of [1400, 640]) {
      onFirstDay(`set-up, ${theme}, ${width} wide: no serious finding, nothing cut off`, async ({ page }) => {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`/a/headroom-capacity-app/setup?theme=${theme}`);
        await page.getByTestId(testIds.setup.query('query')).click();
        await page.getByRole('option', { name: 'checkout.requests' }).click();
        await expect(page.getByTestId(testIds.setup.chart)).toBeVisible();
        await page.screenshot({ path: `test-results/screenshots/setup-${theme}-${width}.png`, fullPage: true });
        expect(await seriousFindings(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    }
  }
});

test.describe('from where people already look', () => {
  test('a panel’s forecast is two clicks away, and a workload from there', async ({ page, at }) => {
    const [name = ''] = await workloadNames(page);
    await page.goto(at.dashboard(name));
    await forecastThisPanel(page);
    await expect(page.getByTestId(testIds.forecast.chart)).toBeVisible();
    await page.getByTestId(testIds.setup.fromPanel).click();
    await expect(page.getByTestId(testIds.setup.page)).toBeVisible();
  });

  test('Explore leads into the app', async ({ page, at }) => {
    const [name = ''] = await workloadNames(page);
    await page.goto(at.workload(name));
    await page.getByTestId(testIds.workload.explore).click();
    await expect(page).toHaveURL(/\/explore/);
    await forecastThisQuery(page);
    await expect(page.getByTestId(testIds.forecast.chart)).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('a new alert rule is filled in, and a rule leads back to its workload', async ({ page, at }) => {
    const [name = ''] = await workloadNames(page);
    await page.goto(at.workload(name));
    await page.getByTestId(testIds.workload.newAlertRule).click();
    await expect(page).toHaveURL(/\/alerting\/new/);
    if (at.kind === 'grafana') {
      // The menu of a rule is there once it is saved, which would leave one behind.
      await expect(page.locator('input[name="name"]').first()).toHaveValue(new RegExp(name));
      return;
    }
    await page.getByRole('link', { name: "Show the workload's forecast" }).click();
    await expect(page).toHaveURL(new RegExp(`/workload/${name}$`));
    await expect(page.getByTestId(testIds.workload.chart)).toBeVisible();
  });

  test('the command palette leads into the app', async ({ page, at }) => {
    await page.goto(at.overview);
    await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
    await openByPalette(page, 'recomm', 'Headroom: recommendations');
    await expect(page.getByTestId(testIds.recommendations.page)).toBeVisible();
  });

  test('another app shows a workload’s forecast', async ({ page, at }) => {
    test.skip(at.kind === 'grafana', 'the other app is the workbench’s');
    const [name = ''] = await workloadNames(page);
    await page.goto(`/a/another-app?workload=${name}`);
    await expect(page.getByTestId(testIds.exposed.chart)).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('an address that nobody declared is not found, and what the file declares is not changed here', async ({
    page,
  }) => {
    const [name = ''] = await workloadNames(page);
    await page.goto('/a/headroom-capacity-app/nowhere/at/all');
    await expect(page.getByTestId(testIds.notFound)).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`/a/headroom-capacity-app/setup/${name}`);
    await expect(page.getByTestId(testIds.setup.declaredInFile)).toBeVisible();
  });
});

test.describe('a sidecar that is away', () => {
  test.use({ expectedProblems: BROKEN_REQUESTS });

  test('set-up says so', async ({ page }) => {
    await page.route('**/sidecar/api/v1/sources', (route) => route.fulfill({ status: 502, body: '' }));
    await page.goto('/a/headroom-capacity-app/setup');
    await expect(page.getByTestId(testIds.states.failure)).toBeVisible();
  });
});

/** By how many pixels the page is wider than the window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
