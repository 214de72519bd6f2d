import type { Page } from '@playwright/test';
import { testIds } from '../src/testIds';
import { expect, seriousFindings, test } from './test';

/** The demo acts on approval on this one, at a target that changes nothing real. */
const WORKLOAD = 'checkout';
/** Of the demo's forecasts of a day. */
const STEP_SECONDS = 300;

test.describe.configure({ mode: 'serial' });

test('on call at 3 a.m.: from the fleet to an approved recommendation in three clicks, and back', async ({
  page,
  at,
}) => {
  test.skip(!at.mayAct, 'what is approved there is somebody’s: GRAFANA_MAY_ACT=1 presses it');
  await adviceStandsFor(page, 60);
  await page.goto(at.overview);
  await page.getByTestId(testIds.overview.review(WORKLOAD)).click();
  await expect(page.getByTestId(testIds.recommendation.chart).locator('canvas').first()).toBeVisible();

  await page.getByTestId(testIds.recommendation.approve).click();
  const drawer = page.getByTestId(testIds.acting.approveDrawer);
  await expect(drawer.getByTestId(testIds.acting.change)).toContainText('floor');
  await expect(drawer).toContainText('The target accepts it in a dry run');
  expect(await seriousFindings(page)).toEqual([]);

  await drawer.getByTestId(testIds.acting.approve).click();
  await expect(drawer.getByTestId(testIds.acting.result)).toContainText('applied');
  await drawer.getByTestId(testIds.acting.undo).click();
  await expect(drawer.getByTestId(testIds.acting.result)).toHaveCount(2);
});

test('who did it is in the audit, whose chain is verified', async ({ page, at }) => {
  await page.goto(`${at.audit}?workload=${WORKLOAD}`);
  await expect(page.getByTestId(testIds.audit.chain)).toContainText('Verified');
  const download = page.waitForEvent('download');
  await page.getByTestId(testIds.audit.export).click();
  expect((await download).suggestedFilename()).toBe('headroom-decisions.ndjson');
});

test('scaling is paused for all by keyboard alone, which every page says, and resumed', async ({ page, at }) => {
  test.skip(!at.mayAct, 'what is paused there is somebody’s: GRAFANA_MAY_ACT=1 presses it');
  await page.goto(at.recommendations);
  await page.getByTestId(testIds.acting.openPause).focus();
  await page.keyboard.press('Enter');
  const pause = page.getByTestId(testIds.acting.pause);
  await expect(pause).toBeVisible();
  await pause.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.acting.pauseBanner)).toContainText('paused for all workloads');
  await page.goto(at.overview);
  const banner = page.getByTestId(testIds.acting.pauseBanner);
  await expect(banner).toContainText('paused for all workloads');
  await banner.getByTestId(testIds.acting.resume).click();
  await expect(banner).toHaveCount(0);
});

/** Until no turn is due for so many seconds: one that falls between looking and approving may move the advice (412). */
async function adviceStandsFor(page: Page, seconds: number): Promise<void> {
  const isFar = async () => {
    const response = await page.request.get('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads');
    const { now, workloads } = (await response.json()) as {
      now: number;
      workloads: ReadonlyArray<{ name: string; health: { lastSuccessAt: number | null } }>;
    };
    const lastTurn = workloads.find(({ name }) => name === WORKLOAD)?.health.lastSuccessAt ?? 0;
    const stepEnd = now - (now % STEP_SECONDS);
    return stepEnd + STEP_SECONDS - now > seconds && lastTurn >= stepEnd;
  };
  await expect
    .poll(isFar, { timeout: 110_000, message: 'the turn of this step is done, and the next is far' })
    .toBe(true);
}
