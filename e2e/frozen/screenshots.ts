import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Page } from '@playwright/test';
import { testIds } from '../../src/testIds';
import { expect, test as problemFree } from '../test';
import { PICTURED, standIn } from './pictured';
import { reducedPicture } from './pictures';
import screenshots from './screenshots.json';

const FOLDER = join(__dirname, '../../src/img');
const LOADED = { timeout: 60_000 };

const test = problemFree.extend<{ readonly blank: Page }>({
  blank: async ({ browser }, run) => {
    const context = await browser.newContext();
    await run(await context.newPage());
    await context.close();
  },
});

for (const { file, page: name, theme, width, height } of screenshots) {
  test(`screenshot ${file}`, async ({ page, at, blank }) => {
    const pictured = PICTURED.find((each) => each.name === name);
    if (pictured === undefined) {
      throw new Error(`${file}: no page is called ${name}`);
    }
    await page.setViewportSize({ width, height });
    const workloads = await page.request.get('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads');
    const nowMs = ((await workloads.json()) as { now: number }).now * 1000;
    await page.clock.install({ time: nowMs });
    await standIn(page, pictured, nowMs);
    const path = await pictured.path(at, page.request);
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}theme=${theme}`);
    await expect(page.getByTestId(pictured.seen).first()).toBeVisible(LOADED);
    await expect(page.getByTestId(testIds.states.loading)).toHaveCount(0);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0, LOADED);
    const picture = await page.screenshot({ animations: 'disabled' });
    await writeFile(join(FOLDER, file), await reducedPicture(blank, picture, {}));
  });
}
