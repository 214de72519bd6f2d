import { testIds } from '../src/testIds';
import { colouredShare } from './canvas';
import { expect, seriousFindings, test, workloadNames } from './test';

/** Where the now-line stands when a day back and a day ahead are shown, in shares of the canvas, with room around it. */
const PAST = { from: 0.1, to: 0.45 };
const FUTURE = { from: 0.6, to: 0.95 };

test('a fan runs into the future, beside the capacity and the probability of a shortfall', async ({ page, at }) => {
  const names = await workloadNames(page);
  const name = names.includes('checkout') ? 'checkout' : (names[0] ?? '');
  await page.goto(`${at.workload(name)}?from=now-24h&to=now%2B24h`);
  const chart = page.getByTestId(testIds.workload.chart);
  const canvas = chart.locator('canvas').first();
  await expect(canvas).toBeVisible();
  await expect.poll(() => colouredShare(canvas, PAST), 'measured').toBeGreaterThan(0.002);
  // A band covers an area, a line hardly any: more than a line's ink is needed.
  await expect.poll(() => colouredShare(canvas, FUTURE), 'forecast').toBeGreaterThan(0.02);
  const lane = page.getByTestId(testIds.workload.lane).locator('canvas').first();
  await expect(lane).toBeVisible();
  await expect(page.getByTestId(testIds.workload.page)).toContainText('Capacity');
  await expect(page.getByTestId(testIds.workload.facts)).toContainText('%');
});

test('another resource is another chart, and the address keeps it', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.workload(name));
  await page.getByTestId(testIds.workload.resource('cpu')).click();
  await expect(page).toHaveURL(/resource=cpu/);
  await page.reload();
  await expect(page.getByTestId(testIds.workload.resource('cpu'))).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId(testIds.workload.chart).locator('canvas').first()).toBeVisible();
});

test('the recommendation stands there with its reasons in numbers', async ({ page, at }) => {
  const names = await workloadNames(page);
  await page.goto(at.workload(names.includes('search') ? 'search' : (names[0] ?? '')));
  const recommendation = page.getByTestId(testIds.workload.recommendation);
  await expect(recommendation).toBeVisible();
  await expect(recommendation.getByRole('listitem').first()).toContainText(/\d/);
});

test('the cursor tells time, value and bands', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(at.workload(name));
  const canvas = page.getByTestId(testIds.workload.chart).locator('canvas').first();
  await expect.poll(() => colouredShare(canvas, FUTURE)).toBeGreaterThan(0.01);
  const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2);
  await page.mouse.move(box.x + box.width * 0.76, box.y + box.height / 2);
  await expect(page.getByText(/80 ?%/).last()).toBeVisible();
});

test('all resources stand side by side, and the cursor of one is in the others', async ({ page, at }) => {
  const names = await workloadNames(page);
  await page.goto(at.workload(names.includes('checkout') ? 'checkout' : (names[0] ?? '')));
  await page.getByTestId(testIds.workload.sideBySide).click();
  await expect(page).toHaveURL(/view=all/);
  const charts = page.getByTestId(testIds.workload.chart);
  await expect.poll(() => charts.count()).toBeGreaterThan(1);
  await expect(charts.last().locator('canvas').first()).toBeVisible();
  const plot = charts.first().locator('.u-over');
  const cursors = charts.locator('.u-cursor-x');
  const shown = () => cursors.evaluateAll((lines) => lines.filter((line) => !line.classList.contains('u-off')).length);
  await plot.hover({ position: { x: 200, y: 60 } });
  await plot.hover({ position: { x: 210, y: 60 } });
  await expect.poll(shown).toBe(await charts.count());
});

test('the chart is copied as a panel, by keyboard alone', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(at.workload(name));
  await page.getByTestId(testIds.workload.openCopyPanel).focus();
  await page.keyboard.press('Enter');
  await page.getByTestId(testIds.workload.copyJson).focus();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const copied = async () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('headroom-forecastband-panel');
});
