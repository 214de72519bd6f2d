import { testIds } from '../src/testIds';
import { colouredShare } from './canvas';
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
  const panel = page.getByTestId(testIds.forecastBand.panel).first();
  await expect(panel.locator('canvas').first()).toBeVisible();
  await panel.hover();
  await page
    .getByRole('button', { name: /^Menu for panel/ })
    .first()
    .click();
  if (at.kind === 'grafana') {
    await page
      .getByRole('menuitem', { name: /extensions|headroom/i })
      .first()
      .hover();
  }
  await page.getByRole('menuitem', { name: 'Forecast this panel' }).click();
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

test('the fleet’s shortfalls and the recommendation stand on the dashboard', async ({ page, at }) => {
  test.skip(at.kind !== 'workbench', "Grafana's provisioned dashboard has the forecast band alone");
  const [name = ''] = await workloadNames(page);
  await page.goto(at.dashboard(name));
  const timeline = page.getByTestId(testIds.shortfallTimeline.panel);
  await expect(timeline.getByRole('link', { name, exact: true }).first()).toBeVisible();
  await expect(page.getByTestId(testIds.recommendationPanel.panel)).toContainText('replicas');
});
