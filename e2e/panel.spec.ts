import { testIds } from '../src/testIds';
import { colouredShare } from './canvas';
import { forecastThisPanel } from './grafanaMenus';
import { BROKEN_REQUESTS, expect, test, workloadNames } from './test';

test('the forecast band panel draws what was measured and the bands to come, on a dashboard', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.dashboard(name));
  const canvas = page.getByTestId(testIds.forecastBand.panel).first().locator('canvas').first();
  await expect(canvas).toBeVisible();
  await expect.poll(() => colouredShare(canvas, { from: 0.15, to: 0.45 }), 'measured').toBeGreaterThan(0.002);
  await expect.poll(() => colouredShare(canvas, { from: 0.6, to: 0.95 }), 'bands').toBeGreaterThan(0.02);
});

test('the panel menu forecasts the panel’s own query', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.dashboard(name));
  await forecastThisPanel(page);
  await expect(page).toHaveURL(/\/a\/headroom-capacity-app\/forecast/);
  await expect(page.getByTestId(testIds.forecast.page)).toBeVisible();
});

test('the cursor of one panel stands in the others too', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.dashboard(name));
  const canvas = page.getByTestId(testIds.forecastBand.panel).first().locator('canvas').first();
  await expect(canvas).toBeVisible();
  const cursors = page.locator('.u-cursor-x');
  await expect.poll(() => cursors.count()).toBeGreaterThan(1);
  const shown = () =>
    cursors.evaluateAll(
      (lines) =>
        lines.filter((line) => {
          const isOff = line.classList.contains('u-off');
          return !isOff && new DOMMatrix(getComputedStyle(line).transform).m41 > 0;
        }).length
    );
  expect(await shown(), 'before the mouse is there').toBe(0);
  const plot = page.getByTestId(testIds.forecastBand.panel).first().locator('.u-over');
  await plot.hover({ position: { x: 200, y: 60 } });
  await plot.hover({ position: { x: 210, y: 60 } });
  await expect.poll(shown).toBeGreaterThan(1);
});

test.describe('with a data source that fails', () => {
  test.use({ expectedProblems: BROKEN_REQUESTS });

  test('the panel says so instead of drawing nothing', async ({ page, at }) => {
    const [name = ''] = await workloadNames(page);
    await page.route(at.rangeQueries, (route) =>
      route.fulfill({ status: 503, json: { status: 'error', errorType: 'timeout', error: 'the query took too long' } })
    );
    await page.goto(at.dashboard(name));
    await expect(page.getByTestId(testIds.forecastBand.message).first()).toBeVisible();
  });
});

test('the fleet’s shortfalls and the recommendation stand on dashboards', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.fleetDashboard);
  const timeline = page.getByTestId(testIds.shortfallTimeline.panel);
  await expect(timeline.getByRole('link', { name, exact: true }).first()).toBeVisible();
  await page.goto(at.dashboard(name));
  const recommendation = page.getByTestId(testIds.recommendationPanel.panel);
  await recommendation.scrollIntoViewIfNeeded();
  await expect(recommendation).toContainText('replicas');
});
