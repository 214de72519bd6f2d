import { readFile } from 'node:fs/promises';
import { testIds } from '../src/testIds';
import { colouredShare } from './canvas';
import { declare, onFirstDay } from './firstDay';
import { grafanaUrl, SIDECAR } from './places';
import { BROKEN_REQUESTS, expect, seriousFindings, test, workloadNames } from './test';

const PAGE = '/a/headroom-capacity-app/scenarios';

test('plan a sale: choose it, make it bigger, see what it takes, choose a plan by keyboard, propose it', async ({
  page,
  at,
}) => {
  test.skip(!at.mayAct, 'what is proposed there is somebody’s: GRAFANA_MAY_ACT=1 presses it');
  const names = await workloadNames(page);
  const name = names.includes('checkout') ? 'checkout' : (names[0] ?? '');
  await page.goto(`${PAGE}?workload=${name}&s=flash-sale`);
  const canvas = page.getByTestId(testIds.scenarios.panel('flash-sale')).locator('canvas').first();
  await expect(canvas).toBeVisible();
  await expect.poll(() => colouredShare(canvas, { from: 0.4, to: 0.95 }), 'the fan').toBeGreaterThan(0.01);
  const strength = page.getByRole('textbox', { name: /Times what is forecast/ }).first();
  await strength.fill('3');
  await strength.blur();
  await expect(page).toHaveURL(/factor%22%3A3/);
  const handle = page.getByRole('slider', { name: 'Chosen plan' });
  await handle.focus();
  await page.keyboard.press('End');
  await expect(page).toHaveURL(/plan=/);
  await page.getByRole('button', { name: 'Propose this plan' }).click();
  await expect(page.getByTestId(testIds.scenarios.propose)).toContainText('Proposed');
});

test('two scenarios stand side by side, and a link shows another person the same', async ({ page }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(`${PAGE}?workload=${name}&s=flash-sale&s=zone-loss`);
  await expect(page.getByTestId(testIds.scenarios.panel('flash-sale')).locator('canvas').first()).toBeVisible();
  await expect(page.getByTestId(testIds.scenarios.panel('zone-loss')).locator('canvas').first()).toBeVisible();
  await expect(page.getByTestId(testIds.scenarios.compare).getByRole('columnheader')).toHaveText([
    'Without',
    'flash-sale',
    'zone-loss',
  ]);
});

test('a slider that is dragged asks one question at a time, of its own scenario, and its last position wins', async ({
  page,
}) => {
  const [name = ''] = await workloadNames(page);
  const asked: Array<{ readonly detail: string; readonly name: string; readonly factor: number }> = [];
  let [onTheirWay, most] = [0, 0];
  const isSimulation = (url: string) => url.includes('/simulations');
  page.on('request', (request) => {
    if (isSimulation(request.url())) {
      const { detail, scenarios } = request.postDataJSON() as {
        detail: string;
        scenarios: ReadonlyArray<{ name: string; interventions: ReadonlyArray<{ factor: number }> }>;
      };
      const [{ name: scenario, interventions } = { name: '', interventions: [] }] = scenarios;
      asked.push({ detail, name: scenario, factor: interventions[0]?.factor ?? Number.NaN });
      most = Math.max(most, ++onTheirWay);
    }
  });
  page.on('requestfinished', (request) => isSimulation(request.url()) && onTheirWay--);
  page.on('requestfailed', (request) => isSimulation(request.url()) && onTheirWay--);
  await page.goto(`${PAGE}?workload=${name}&s=flash-sale&s=zone-loss`);
  await expect(page.getByRole('slider', { name: 'Chosen plan' })).toBeVisible();
  // The two, each in full, and again by the plan that was chosen on the first one's frontier.
  await expect.poll(() => asked.length >= 6 && onTheirWay === 0).toBe(true);
  const handle = page.getByRole('slider', { name: /Times what is forecast/ }).first();
  const box = await handle.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  const charts = [
    page.getByTestId(testIds.scenarios.panel('flash-sale')),
    page.getByTestId(testIds.scenarios.panel('zone-loss')),
    page.getByTestId(testIds.scenarios.frontier),
  ];
  const places = () => Promise.all(charts.map((chart) => chart.boundingBox()));
  const before = await places();
  asked.length = 0;
  most = 0;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 30; step++) {
    await page.mouse.move(x + step * 2, y);
  }
  const moving = [...asked];
  expect(await places(), 'nothing jumps').toEqual(before);
  expect(moving.map(({ name: scenario }) => scenario)).toEqual(moving.map(() => 'scenario-1'));
  await page.mouse.up();
  const last = Number(await handle.getAttribute('aria-valuenow'));
  await expect.poll(() => asked.filter(({ detail }) => detail === 'full').at(-1)?.factor).toBe(last);
  expect(asked.filter(({ detail }) => detail === 'slider').map(({ factor }) => factor)).toContain(last);
  // One that ends is told of after the next one has begun.
  expect(most, 'questions at a time').toBeLessThanOrEqual(2);
  expect(asked.length, 'not one for each place that it passed').toBeLessThan(30);
});

test('the picture to take away has the charts, their legends and what safety costs', async ({ page }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(`${PAGE}?workload=${name}&s=flash-sale`);
  await expect(page.getByRole('slider', { name: 'Chosen plan' })).toBeVisible();
  const chart = await page.getByTestId(testIds.scenarios.panel('flash-sale')).boundingBox();
  const below = await page.getByTestId(testIds.scenarios.frontier).locator('figure svg').boundingBox();
  const download = page.waitForEvent('download');
  await page.getByTestId(testIds.scenarios.exports).click();
  await page.getByRole('menuitem', { name: 'PNG' }).click();
  const saved = await readFile(await (await download).path());
  const size = { width: saved.readUInt32BE(16), height: saved.readUInt32BE(20) };
  expect(size.height).toBeGreaterThan((chart?.height ?? Infinity) + (below?.height ?? Infinity));
  const inks = await page.evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const { data } = context?.getImageData(0, image.height - 320, image.width, 300) ?? { data: [] };
    return new Set(Array.from({ length: data.length / 4 }, (_, pixel) => data.slice(pixel * 4, pixel * 4 + 3).join()))
      .size;
  }, saved.toString('base64'));
  expect(inks, 'colours where the frontier is').toBeGreaterThan(20);
});

test('of a workload that the file declares the page shows the lines that use a scenario', async ({ page }) => {
  const [name = ''] = await workloadNames(page);
  await page.goto(`${PAGE}?workload=${name}&s=zone-loss`);
  const use = page.getByTestId(testIds.scenarios.use);
  await use.getByRole('button', { name: 'Lines to use it' }).click();
  await expect(use.locator('pre')).toContainText(`- name: ${name}`);
  await expect(use.locator('pre')).toContainText('zone-loss');
  await expect(page.getByRole('slider', { name: 'Chosen plan' })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
});

test.describe('from nothing', () => {
  test.describe.configure({ mode: 'default' });
  test.skip(grafanaUrl() !== undefined, 'needs a sidecar of its own');

  onFirstDay('a scenario is used for a workload that was added here, which is undone', async ({ page }) => {
    await declare(page, 'checkout');
    await page.goto(`${PAGE}?workload=checkout&s=zone-loss`);
    const use = page.getByTestId(testIds.scenarios.use);
    await use.getByRole('button', { name: 'Use for checkout' }).click();
    await expect(use).toContainText('zone-loss is used for checkout');
    await expect(use.getByRole('button', { name: 'No longer use for checkout' })).toBeVisible();
    await use.getByRole('button', { name: 'Undo' }).click();
    await expect(use.getByRole('button', { name: 'Use for checkout', exact: true })).toBeVisible();
    await expect(use.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('with a sidecar that fails', () => {
  test.use({ expectedProblems: BROKEN_REQUESTS });

  test('the simulation says so, and comes back by "Try again"', async ({ page }) => {
    const [name = ''] = await workloadNames(page);
    await page.route(`${SIDECAR}/api/v1/simulations**`, (route) => route.fulfill({ status: 502, body: '' }));
    await page.goto(`${PAGE}?workload=${name}&s=flash-sale`);
    const failure = page.getByTestId(testIds.states.failure);
    await expect(failure).toContainText('The sidecar cannot be reached');
    await page.unroute(`${SIDECAR}/api/v1/simulations**`);
    await failure.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId(testIds.scenarios.figures)).toBeVisible();
  });
});
