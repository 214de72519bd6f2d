import { type Locator, type Page } from '@playwright/test';
import { testIds } from '../src/testIds';
import { expect } from './test';

/** From the first forecast band of a dashboard to its forecast: its menu, in Grafana with a submenu of extensions. */
export async function forecastThisPanel(page: Page): Promise<void> {
  const panel = page.getByTestId(testIds.forecastBand.panel).first();
  await expect(panel.locator('canvas').first()).toBeVisible();
  await panel.hover();
  await page
    .getByRole('button', { name: /^Menu for panel/ })
    .first()
    .click();
  const item = page.getByRole('menuitem', { name: 'Forecast this panel' });
  const submenu = page.getByRole('menuitem', { name: /extensions/i });
  if (!(await isFirstSeen(item, submenu))) {
    await submenu.hover();
  }
  await item.click();
}

/** From Explore to the forecast of its query: a link of the workbench's toolbar, in Grafana its "Add" and a question. */
export async function forecastThisQuery(page: Page): Promise<void> {
  const link = page.getByRole('link', { name: 'Forecast this query' });
  const add = page.getByRole('button', { name: 'Add', exact: true });
  if (await isFirstSeen(link, add)) {
    await link.click();
    return;
  }
  await add.click();
  await page.getByRole('menuitem', { name: 'Forecast this query' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
}

/** By the command palette: menu items of the workbench's, options of Grafana's. */
export async function openByPalette(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(text);
  await page.getByRole('menuitem', { name }).or(page.getByRole('option', { name })).first().click();
}

async function isFirstSeen(first: Locator, second: Locator): Promise<boolean> {
  await expect(first.or(second).first()).toBeVisible();
  return first.first().isVisible();
}
