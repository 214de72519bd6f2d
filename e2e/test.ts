import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { findChromium, NO_CHROMIUM } from './findChromium';
import { places, type Places } from './places';

interface Fixtures {
  readonly at: Places;
  /** What a test that breaks something on purpose expects in the console or from the network. */
  readonly expectedProblems: { readonly patterns: readonly RegExp[] };
  readonly chromium: void;
  readonly noProblems: void;
}

/** Playwright's test with the app's places, a Chromium that must be there, and a page that may show no problem. */
export const test = base.extend<Fixtures>({
  expectedProblems: [{ patterns: [] }, { option: true }],

  chromium: [
    async ({}, run, info) => {
      info.skip(findChromium() === undefined, NO_CHROMIUM);
      await run();
    },
    { auto: true },
  ],

  at: async ({}, run) => {
    await run(places());
  },

  baseURL: async ({}, run) => {
    await run(places().baseUrl);
  },

  page: async ({ page, at }, run) => {
    if (at.kind === 'grafana') {
      const login = await page.request.post('/login', {
        data: {
          user: process.env['GRAFANA_USER'] ?? 'admin',
          password: process.env['GRAFANA_PASSWORD'] ?? 'admin',
        },
      });
      expect(login.ok(), `login to ${at.baseUrl}`).toBe(true);
    }
    await run(page);
  },

  noProblems: [
    async ({ page, at, expectedProblems }, run) => {
      const problems: string[] = [];
      const origin = new URL(at.baseUrl).origin;
      // On Grafana's pages Grafana's own noise is Grafana's: ours is what names the plugin.
      const isOurs = (text: string) => at.kind === 'workbench' || /headroom-\w+-(app|panel)/.test(text);
      page.on('console', (message) => {
        if (message.type() === 'error' && isOurs(`${message.text()} ${message.location().url}`)) {
          problems.push(`console: ${message.text()}`);
        }
      });
      page.on('pageerror', (error) => {
        if (isOurs(error.stack ?? '')) {
          problems.push(`page: ${error.message}`);
        }
      });
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (at.kind === 'workbench' && /^https?:$/.test(url.protocol) && url.origin !== origin) {
          problems.push(`request to another origin: ${url.href}`);
        }
      });
      page.on('response', (response) => {
        if (response.status() >= 400 && isOurs(response.url())) {
          problems.push(`response: ${response.status()} ${response.url()}`);
        }
      });
      await run();
      const unexpected = problems.filter(
        (problem) => !expectedProblems.patterns.some((pattern) => pattern.test(problem))
      );
      expect(unexpected, 'problems on the page').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** What a browser says by itself when a request that a test breaks on purpose fails. */
export const BROKEN_REQUESTS = {
  patterns: [/^console: Failed to load resource/, /^response: [45]\d\d .*(plugin-proxy|prometheus|api\/ds)/],
};

/** What is the plugin's on a page of Grafana's. */
const OURS = '[data-testid^="headroom-"]';

/** Serious and critical findings of axe on the page as it is, each in one line. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await settled(page);
  // The pages have no frames, and what passed isn't told: half the work.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations } = await (places().kind === 'workbench' ? axe : axe.include(OURS)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`));
}

/** Until nothing fades or slides any more: half seen, a text has less contrast than it will have. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(Number(effect?.getComputedTiming().endTime)));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** The names of the fleet's workloads, asked through the proxy as the page asks. */
export async function workloadNames(page: Page): Promise<string[]> {
  const response = await page.request.get('/api/plugin-proxy/headroom-capacity-app/sidecar/api/v1/workloads');
  expect(response.ok(), 'the sidecar answers').toBe(true);
  const { workloads } = (await response.json()) as { workloads: Array<{ name: string }> };
  expect(workloads.length).toBeGreaterThan(0);
  return workloads.map(({ name }) => name);
}
