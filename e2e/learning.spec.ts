import { testIds } from '../src/testIds';
import { anExperiment, someModels, someRoles, aTraining } from '../src/testing/learningFixtures';
import { NOW } from '../src/testing/fixtures';
import { SIDECAR } from './places';
import { expect, seriousFindings, test } from './test';

const WORKLOAD = 'checkout';
const WIDTHS = [1400, 640];

for (const theme of ['dark', 'light']) {
  test(`models, experiments and report, ${theme}: no serious finding, nothing cut off`, async ({ page, at }) => {
    // Six pages, each at two widths.
    test.setTimeout(360_000);
    // What learning takes weeks for is told by stand-ins; scores, history and figures are the sidecar's.
    await page.route(`${SIDECAR}/api/v1/models`, (route) => route.fulfill({ json: someModels() }));
    await page.route(`${SIDECAR}/api/v1/jobs`, (route) => route.fulfill({ json: { now: NOW, jobs: [aTraining()] } }));
    await page.route(`${SIDECAR}/api/v1/jobs/j1/events`, (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `data: ${JSON.stringify(aTraining({ progress: 0.6 }))}\n\n`,
      })
    );
    await page.route(`${SIDECAR}/api/v1/experiments`, (route) =>
      route.fulfill({ json: { now: NOW, experiments: [anExperiment()] } })
    );
    await page.route(`${SIDECAR}/api/v1/experiments/e1`, (route) => route.fulfill({ json: anExperiment() }));
    const places = [
      ['models', at.models, testIds.models.fleet],
      ['workload-models', at.workloadModels(WORKLOAD), testIds.models.calibration],
      ['experiments', at.experiments, testIds.experiments.table],
      ['experiment-new', `${at.experiments}/new?workload=${WORKLOAD}`, testIds.experiments.power],
      ['experiment', `${at.experiments}/e1`, testIds.experiments.schedule],
      ['report', at.report, testIds.report.figures],
    ] as const;
    for (const [name, path, seen] of places) {
      await page.setViewportSize({ width: WIDTHS[0] ?? 1400, height: 900 });
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await expect(page.getByTestId(seen)).toBeVisible();
      await expect(page.getByTestId(testIds.states.loading)).toHaveCount(0);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `test-results/screenshots/${name}-${theme}-${width}.png`, fullPage: true });
        expect(await seriousFindings(page), `${name}, ${width} wide`).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        expect(overflow, `${name}: pixels that the page is wider than ${width}`).toBeLessThanOrEqual(0);
      }
    }
  });
}

test('a roll back is asked twice, by keyboard alone, and told to the sidecar with its reason', async ({ page, at }) => {
  test.skip(at.kind === 'grafana', 'whose models those are is not known');
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
