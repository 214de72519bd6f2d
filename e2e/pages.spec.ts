import { type Page } from '@playwright/test';
import { testIds } from '../src/testIds';
import { IS_RECORDING, openPictured, withTheme } from './frozen/openPictured';
import { PICTURED } from './frozen/pictured';
import { reducedPicture } from './frozen/pictures';
import { type Places } from './places';
import { expect, seriousFindings, test as problemFree } from './test';

const WIDTHS = [
  { width: 1400, scale: 1 / 5 },
  { width: 420, scale: 1 / 3 },
] as const;
const COLOURS = 64;
/** A colour may be another by this much, and this share of a picture different: edges are smoothed otherwise elsewhere. */
const TOLERANCE = { threshold: 0.1, maxDiffPixelRatio: 0.002 };
const MOST_LOOKS = 20;

const test = problemFree.extend<{ readonly blank: Page }>({
  blank: async ({ browser }, run) => {
    const context = await browser.newContext();
    await run(await context.newPage());
    await context.close();
  },
});

for (const pictured of PICTURED) {
  test(`${pictured.name}, dark and light, wide and narrow: as it was, no serious finding, nothing cut off`, async ({
    page,
    at,
    blank,
  }) => {
    test.setTimeout(300_000);
    const save = await openPictured(page, pictured, at);
    for (const theme of ['dark', 'light'] as const) {
      await page.setViewportSize({ width: WIDTHS[0].width, height: 900 });
      if (theme === 'light') {
        await toLight(page, at);
      }
      for (const { width, scale } of WIDTHS) {
        await test.step(`${theme}, ${width} wide`, async () => {
          await page.setViewportSize({ width, height: 900 });
          const overflow = () =>
            page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          await expect.poll(overflow, 'pixels that the page is wider than the window').toBeLessThanOrEqual(0);
          const name = `${pictured.name}-${theme}-${width}`;
          const picture = await steadyPicture(page, name);
          if (at.kind === 'workbench') {
            const small = await reducedPicture(blank, picture, { scale, colors: COLOURS });
            expect.soft(small, name).toMatchSnapshot(`${name}.png`, TOLERANCE);
          }
          expect.soft(await seriousFindings(page), name).toEqual([]);
        });
      }
    }
    await save();
  });
}

test('a page that lost a column or moved by a line is not as it was', async ({ page, at, blank }) => {
  test.skip(IS_RECORDING || at.kind === 'grafana', 'compares with what was pictured on the workbench');
  const [{ width, scale }] = WIDTHS;
  const [overview] = PICTURED;
  if (overview === undefined) {
    throw new Error('no page is pictured');
  }
  await openPictured(page, overview, at);
  for (const broken of ['tbody td:nth-child(7) { visibility: hidden; }', 'table { position: relative; top: 22px; }']) {
    const style = await page.addStyleTag({ content: broken });
    const small = await reducedPicture(blank, await steadyPicture(page, 'broken'), { scale, colors: COLOURS });
    expect(small, broken).not.toMatchSnapshot(`overview-dark-${width}.png`, TOLERANCE);
    await style.evaluate((element: Element) => element.remove());
  }
});

/** On the workbench without asking anything again. */
async function toLight(page: Page, at: Places): Promise<void> {
  if (at.kind === 'grafana') {
    const { pathname, search } = new URL(page.url());
    await page.goto(withTheme(`${pathname}${search}`.replace(/[?&]theme=dark/, ''), 'light'));
    return;
  }
  await page.getByRole('button', { name: 'Switch to the light theme' }).click();
  await page.getByRole('button', { name: 'Switch to the dark theme' }).blur();
  await page.mouse.move(0, 0);
}

/**
 * The whole page, once a look at it is as one of the two before it and nothing is loading: a page at rest can be drawn
 * in two ways by turns, which differ by a shade in a few pixels.
 */
async function steadyPicture(page: Page, name: string): Promise<Buffer> {
  await expect(page.getByTestId(testIds.states.loading)).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  let before: readonly Buffer[] = [];
  for (let look = 0; look < MOST_LOOKS; look++) {
    const path = `test-results/screenshots/${name}.png`;
    const picture = await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    if (before.some((each) => each.equals(picture))) {
      return picture;
    }
    before = [picture, ...before].slice(0, 2);
  }
  throw new Error(`${name} does not come to rest`);
}
