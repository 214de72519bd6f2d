import { chromium, type Browser, type Page } from '@playwright/test';
import { median } from './answerTimes.ts';
import type { Bench, BenchRow } from './bench.ts';
import { startLargeAnswers } from './pages/largeAnswers.ts';
import { tracedMainThread } from './pages/mainThread.ts';
import { demoFleet, startSidecar, untilAtRest, untilReady } from './startedSidecar.ts';

const SERVED = 7;
const WORKLOADS = 1000;
const DRAWN_LINES = 9;
const DRAWN_POINTS = 50_000;
const RUNS = 5;
const SCROLLS = 60;
const SCROLL_PIXELS = 120;
const KEYS = 10;
const QUIET_MS = 1500;
const APP = '/a/headroom-capacity-app';
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

interface ListPage {
  readonly what: string;
  readonly path: string;
  /** Of the element around its table. */
  readonly testId: string;
}

const LISTS: readonly ListPage[] = [
  { what: `Overview of ${String(WORKLOADS)} workloads`, path: 'overview', testId: 'headroom-overview-table' },
  {
    what: `Recommendations for ${String(WORKLOADS)} workloads`,
    path: 'recommendations',
    testId: 'headroom-recommendations-table',
  },
];

const ASKED_MS = { interactive: 1500, scroll: 33, redraw: 50, slider: 200 } as const;

interface BrowserTests {
  readonly findChromium: () => string | undefined;
  readonly NO_CHROMIUM: string;
}

/**
 * The pages in a browser, beside what the issue asks for: the lists of a thousand workloads until they are interactive
 * and while they scroll, a fan of 50,000 points redrawn, a scenario's next fan after its slider moved.
 */
export const bench: Bench = {
  name: 'pages',
  async run() {
    // Of the browser tests, which are no ECMAScript modules to the type checker.
    const { findChromium, NO_CHROMIUM } = (await import(
      new URL('../e2e/findChromium.ts', import.meta.url).href
    )) as BrowserTests;
    const executablePath = findChromium();
    if (executablePath === undefined) {
      return { rows: [], missing: [NO_CHROMIUM] };
    }
    const sidecar = await startSidecar(demoFleet(SERVED), {
      env: { HEADROOM_TRAINING_CPU_SHARE: '0', HEADROOM_SHADOW_CPU_SHARE: '0' },
    });
    const large = await startLargeAnswers(sidecar.url, {
      workloads: WORKLOADS,
      times: Math.ceil(DRAWN_POINTS / DRAWN_LINES),
    });
    const browser = await chromium.launch({ executablePath, args: ARGS });
    try {
      await untilReady(sidecar);
      await untilAtRest(sidecar);
      const [name = ''] = demoFleet(SERVED).map((each) => each.name);
      const rows: BenchRow[] = [];
      for (const list of LISTS) {
        rows.push(...(await listPage(browser, large.url, list)));
      }
      rows.push(...(await fan(browser, large.url, name)), ...(await slider(browser, sidecar.url, name)));
      return { rows, missing: [] };
    } finally {
      await browser.close();
      large.close();
      await sidecar.stop();
    }
  },
};

async function listPage(browser: Browser, origin: string, { what, path, testId }: ListPage): Promise<BenchRow[]> {
  const url = `${origin}${APP}/${path}`;
  const first: number[] = [];
  const again: number[] = [];
  const cpu: number[] = [];
  const scroll: number[] = [];
  const scrollCpu: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await newPage(browser);
    first.push(await interactiveMilliseconds(page, url, testId));
    again.push(await interactiveMilliseconds(page, url, testId));
    cpu.push(await loadingCpu(browser, url, testId));
    await page.mouse.move(700, 500);
    const scrolling = await tracedMainThread(browser, page, async () => {
      for (let step = 0; step < SCROLLS; step++) {
        await page.mouse.wheel(0, step < SCROLLS / 2 ? SCROLL_PIXELS : -SCROLL_PIXELS);
        await nextFrame(page);
      }
    });
    scroll.push(scrolling.longest);
    scrollCpu.push(scrolling.longestCpu);
    await page.context().close();
  }
  return [
    row(`${what}, a new browser: until its rows are there and no long task is left`, first, ASKED_MS.interactive),
    row(`${what}, the same, opened again in that browser`, again, ASKED_MS.interactive),
    row(`${what}, the first time: CPU time of the main thread, all of it`, cpu, ASKED_MS.interactive),
    row(`${what}, scrolled: the longest task of the main thread`, scroll, ASKED_MS.scroll),
    row(`${what}, scrolled: the longest by CPU time`, scrollCpu, ASKED_MS.scroll),
  ];
}

/** What a first load takes in another new browser: tracing it takes its own time. */
async function loadingCpu(browser: Browser, url: string, testId: string): Promise<number> {
  const page = await newPage(browser);
  const { cpu } = await tracedMainThread(browser, page, async () => {
    await interactiveMilliseconds(page, url, testId);
  });
  await page.context().close();
  return cpu;
}

async function fan(browser: Browser, url: string, workload: string): Promise<BenchRow[]> {
  const page = await newPage(browser);
  await page.goto(`${url}${APP}/workload/${workload}?from=now-24h&to=now%2B24h`);
  await page.getByTestId('headroom-workload-chart').locator('canvas').first().waitFor();
  await page.waitForLoadState('networkidle');
  const clock: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < RUNS * 2; run++) {
    const redraw = await tracedMainThread(browser, page, async () => {
      await page.setViewportSize({ width: run % 2 === 0 ? 1380 : 1400, height: 900 });
      await page.waitForTimeout(QUIET_MS / 3);
    });
    clock.push(redraw.longest);
    cpu.push(redraw.longestCpu);
  }
  await page.context().close();
  const what = `a fan of ${String(DRAWN_POINTS)} points drawn anew at another width: the longest task`;
  return [row(`${what} of the main thread`, clock, ASKED_MS.redraw), row(`${what} by CPU time`, cpu, ASKED_MS.redraw)];
}

async function slider(browser: Browser, url: string, workload: string): Promise<BenchRow[]> {
  const page = await newPage(browser);
  await page.goto(`${url}${APP}/scenarios?workload=${workload}&s=flash-sale`);
  await page.getByRole('slider', { name: 'Chosen plan' }).waitFor({ timeout: 120_000 });
  await page.waitForLoadState('networkidle');
  const handle = page.getByRole('slider').first();
  await handle.focus();
  await page.evaluate(
    `addEventListener('keydown', (event) => { window.pressedAt = event.timeStamp; }, { capture: true })`
  );
  const times: number[] = [];
  for (let key = 0; key < KEYS; key++) {
    const answered = page.waitForResponse((response) => response.url().includes('/simulations'), { timeout: 60_000 });
    await page.keyboard.press('ArrowRight');
    await (await answered).finished();
    times.push(await page.evaluate<number>(`${NEXT_FRAME}.then(() => performance.now() - window.pressedAt)`));
    await page.waitForLoadState('networkidle');
  }
  await page.context().close();
  return [row('a scenario of 2,000 paths: from a key on its slider to the next fan', times, ASKED_MS.slider)];
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  return context.newPage();
}

/** Two frames: what was asked for is drawn in the first of them. */
const NEXT_FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(NEXT_FRAME);
}

/** From the navigation until the rows are drawn and the last long task that loading had is over. */
async function interactiveMilliseconds(page: Page, url: string, testId: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  return page.evaluate<number>(`new Promise((done) => {
    let lastTaskEnd = 0;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        lastTaskEnd = Math.max(lastTaskEnd, startTime + duration);
      }
    }).observe({ type: 'longtask', buffered: true });
    const look = () => {
      if (document.querySelector('[data-testid="${testId}"] tbody tr') === null) {
        requestAnimationFrame(look);
        return;
      }
      requestAnimationFrame(() => {
        const drawnAt = performance.now();
        setTimeout(() => done(Math.max(drawnAt, lastTaskEnd)), ${String(QUIET_MS)});
      });
    };
    look();
  })`);
}

function row(name: string, values: readonly number[], asked: number): BenchRow {
  return {
    name: `${name}, beside the ${String(asked)} ms asked for`,
    ours: median(values),
    peer: asked,
    unit: 'ms',
    ratio: asked / median(values),
    spread: [asked / Math.max(...values), asked / Math.min(...values)],
  };
}
