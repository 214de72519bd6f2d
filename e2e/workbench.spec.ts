import { testIds } from '../src/testIds';
import { expect, test } from './test';

test.beforeEach(({ at }) => {
  test.skip(at.kind !== 'workbench', 'what only the workbench has: Grafana has its own');
});

test('the theme is switched without a reload, and stays', async ({ page, at }) => {
  await page.goto(`${at.overview}?theme=dark`);
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('button', { name: 'Switch to the light theme' }).click();
  await expect.poll(background).not.toBe(dark);
  const light = await background();
  await page.goto(at.overview);
  await expect(page.getByRole('button', { name: 'Switch to the dark theme' })).toBeVisible();
  expect(await background()).toBe(light);
});

test('settings stay in the browser, a token does not', async ({ page, at }) => {
  const secret = 'a-token-that-nobody-may-see';
  await page.goto(at.configuration);
  await page.getByTestId(testIds.configuration.token('tokenRead')).fill(secret);
  await page.getByTestId(testIds.configuration.save).click();
  await expect(page.getByTestId(testIds.configuration.result)).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).toContain('secureJsonFields');
  expect(kept).not.toContain(secret);
  await page.reload();
  await expect(page.getByTestId(testIds.configuration.page)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
});

test('narrow: the navigation opens by its button and leads on', async ({ page, at }) => {
  await page.setViewportSize({ width: 420, height: 800 });
  await page.goto(at.overview);
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('navigation', { name: 'Workbench' }).getByRole('link', { name: 'Configuration' }).click();
  await expect(page.getByTestId(testIds.configuration.page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the menu' })).toBeVisible();
});

test('by keyboard: the first stop skips to the page', async ({ page, at }) => {
  await page.goto(at.overview);
  await expect(page.getByTestId(testIds.overview.table)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  await skip.press('Enter');
  await expect(page.locator('#page')).toBeFocused();
});

test('an address that the workbench does not know leads to the app', async ({ page }) => {
  await page.goto('/nowhere/at/all');
  await expect(page.getByTestId(testIds.overview.page)).toBeVisible();
});
