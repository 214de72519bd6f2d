import { type Page } from '@playwright/test';
import { PICTURED, standIn } from './frozen/pictured';
import { expect, test } from './test';

/** What Web Vitals call good; a banner above a page, which only its state brings, is half of it. */
const MOST_SHIFT = 0.1;
const QUIET_MS = 1500;

for (const pictured of PICTURED) {
  test(`${pictured.name}: nothing jumps while it loads, wide or narrow`, async ({ page, at }) => {
    await page.addInitScript(noteShifts);
    await standIn(page, pictured, Date.now());
    const path = await pictured.path(at, page.request);
    for (const width of [1400, 420]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await expect(page.getByTestId(pictured.seen).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(QUIET_MS);
      const shifts = await noted(page);
      const total = shifts.reduce((sum, { value }) => sum + value, 0);
      expect(total, `${width} wide: ${JSON.stringify(shifts)}`).toBeLessThan(MOST_SHIFT);
    }
  });
}

/** One jump: how far in Web Vitals' terms, when, and what moved from where to where. */
interface Shift {
  readonly value: number;
  readonly atMs: number;
  readonly moved: readonly string[];
}

interface ShiftEntry extends PerformanceEntry {
  readonly value: number;
  readonly sources: ReadonlyArray<{
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }>;
}

/** Runs in the page, before anything else does. */
function noteShifts(): void {
  const shifts: Shift[] = [];
  Object.assign(window, { headroomShifts: shifts });
  new PerformanceObserver((list) => {
    for (const { value, startTime, sources } of list.getEntries() as ShiftEntry[]) {
      const moved = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${(node?.textContent ?? '').slice(0, 40)}: ${String(previousRect.y)} to ${String(currentRect.y)}`
      );
      shifts.push({ value, atMs: Math.round(startTime), moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

function noted(page: Page): Promise<readonly Shift[]> {
  return page.evaluate(() => (window as unknown as { readonly headroomShifts: readonly Shift[] }).headroomShifts);
}
