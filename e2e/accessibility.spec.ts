import { testIds } from '../src/testIds';
import { expectSound } from './expectSound';
import { expect, test, workloadNames } from './test';

for (const theme of ['dark', 'light']) {
  for (const [place, seen] of [
    ['overview', testIds.overview.table],
    ['workload', testIds.workload.chart],
    ['recommendations', testIds.recommendations.table],
    ['audit', testIds.audit.page],
    ['configuration', testIds.configuration.page],
    ['dashboard', testIds.forecastBand.panel],
  ] as const) {
    test(`${place}, ${theme}, wide and narrow: no serious finding, nothing cut off`, async ({ page, at }) => {
      const [name = ''] = await workloadNames(page);
      const path = place === 'workload' || place === 'dashboard' ? at[place](name) : at[place];
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
      await expect(page.getByTestId(seen).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      for (const width of [1400, 420]) {
        await expectSound(page, `${place}-${theme}`, width);
      }
    });
  }
}
