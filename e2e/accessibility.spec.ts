import { testIds } from '../src/testIds';
import { expect, seriousFindings, test, workloadNames } from './test';

for (const theme of ['dark', 'light']) {
  for (const width of [1400, 420]) {
    for (const [place, seen] of [
      ['overview', testIds.overview.table],
      ['workload', testIds.workload.chart],
      ['recommendations', testIds.recommendations.table],
      ['audit', testIds.audit.page],
      ['configuration', testIds.configuration.page],
      ['dashboard', testIds.forecastBand.panel],
    ] as const) {
      test(`${place}, ${theme}, ${width} wide: no serious finding, nothing cut off`, async ({ page, at }) => {
        const [name = ''] = await workloadNames(page);
        const path = place === 'workload' || place === 'dashboard' ? at[place](name) : at[place];
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
        await expect(page.getByTestId(seen).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: `test-results/screenshots/${place}-${theme}-${width}.png`, fullPage: true });
        expect(await seriousFindings(page)).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        expect(overflow, 'pixels that the page is wider than the window').toBeLessThanOrEqual(0);
      });
    }
  }
}
