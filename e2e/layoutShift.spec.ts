import { type Page } from '@playwright/test';
import { PICTURED, standIn } from './frozen/pictured';
import { expect, test } from './test';

/** Web Vitals call less than 0.1 good. */
const MOST_SHIFT = 0.05;
const QUIET_MS = 1500;

for (const pictured of PICTURED) {
  test(`${pictured.name}: nothing jumps while it loads, wide or narrow`, async ({ page, at }) => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { headroomShifts: shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          shifts.push((entry as PerformanceEntry & { readonly value: number }).value);
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await standIn(page, pictured, Date.now());
    const path = await pictured.path(at, page.request);
    for (const width of [1400, 420]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByTestId(pictured.seen).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(QUIET_MS);
      expect(await shifted(page), `${width} wide`).toBeLessThan(MOST_SHIFT);
    }
  });
}

function shifted(page: Page): Promise<number> {
  return page.evaluate(() =>
    (window as unknown as { readonly headroomShifts: readonly number[] }).headroomShifts.reduce((a, b) => a + b, 0)
  );
}
