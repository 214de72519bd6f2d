import { testIds } from '../src/testIds';
import { SIDECAR } from './places';
import { BROKEN_REQUESTS, expect, test, workloadNames } from './test';

const WORKLOADS = `${SIDECAR}/api/v1/workloads?*`;

test.use({ expectedProblems: BROKEN_REQUESTS });

test('sidecar down: the overview says so, and comes back by "Try again"', async ({ page, at }) => {
  await page.route(WORKLOADS, (route) => route.fulfill({ status: 502, body: '' }));
  await page.goto(at.overview);
  const failure = page.getByTestId(testIds.states.failure);
  await expect(failure).toContainText('The sidecar cannot be reached');
  await page.unroute(WORKLOADS);
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
});

test('not allowed by Grafana: the page names the permission', async ({ page, at }) => {
  await page.route(WORKLOADS, (route) =>
    route.fulfill({ status: 403, json: { message: 'plugin route access denied', traceID: '' } })
  );
  await page.goto(at.overview);
  await expect(page.getByTestId(testIds.states.failure)).toContainText('headroom-capacity-app.forecasts:read');
});

test('an answer that is not Headroom’s is not shown as if it were', async ({ page, at }) => {
  await page.route(WORKLOADS, (route) => route.fulfill({ status: 200, json: { hello: 'world' } }));
  await page.goto(at.overview);
  await expect(page.getByTestId(testIds.states.failure)).toContainText('The answer is not what Headroom says');
});

test('slow: what is coming has its shape, and appears when it comes', async ({ page, at }) => {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(WORKLOADS, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(at.overview);
  await expect(page.getByTestId(testIds.states.loading)).toBeVisible();
  answer();
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
});

test('down after it was there: the last known stays, and says how old it is', async ({ page, at }) => {
  await page.goto(at.overview);
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
  await page.route(WORKLOADS, (route) => route.fulfill({ status: 502, body: '' }));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByTestId(testIds.states.stale)).toContainText('This is what was known');
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
});

test('stale: a workload whose source is silent says so, in the fleet and on its page', async ({ page, at }) => {
  const [name = ''] = await workloadNames(page);
  const health = { state: 'stale', problem: 'The source has not answered for 40 minutes', lastSuccessAt: null };
  await page.route(WORKLOADS, async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { workloads: Array<{ name: string; health: unknown }> };
    body.workloads = body.workloads.map((each) => (each.name === name ? { ...each, health } : each));
    await route.fulfill({ response, json: body });
  });
  await page.route(`${SIDECAR}/api/v1/workloads/${name}`, async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { summary: { health: unknown } };
    body.summary.health = health;
    await route.fulfill({ response, json: body });
  });
  await page.goto(at.overview);
  await expect(page.getByRole('row').filter({ hasText: name }).first()).toContainText('Stale');
  await page.goto(at.workload(name));
  await expect(page.getByTestId(testIds.workload.page)).toContainText(health.problem);
});

test('a workload that is not there is named, with what to do', async ({ page, at }) => {
  await page.goto(at.workload('no-such-workload'));
  await expect(page.getByTestId(testIds.states.failure)).toContainText('no-such-workload');
});
