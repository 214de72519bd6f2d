import { type Page } from '@playwright/test';
import { expect, seriousFindings, test } from './test';

/** The page at a width, in pixels: pictured under `name`, without a serious finding of axe, no wider than its window. */
export async function expectSound(page: Page, name: string, width: number): Promise<void> {
  await test.step(`${width} wide`, async () => {
    await page.setViewportSize({ width, height: 900 });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(overflow, 'pixels that the page is wider than the window').toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/screenshots/${name}-${width}.png`, fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
  });
}
