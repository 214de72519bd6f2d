import { defineConfig } from '@playwright/test';
import { findChromium } from './e2e/findChromium';

const executablePath = findChromium();

/** The same specs against the workbench and, with GRAFANA_URL, against a real Grafana. */
export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  globalSetup: './e2e/startSidecar.ts',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  fullyParallel: true,
  // What goes one after the other, on a sidecar of its own, begins first, and the rest beside it.
  projects: [
    { name: 'first day', grep: /from nothing/ },
    { name: 'app', grepInvert: /from nothing/ },
  ],
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.CI === undefined ? [['list']] : [['list'], ['html', { open: 'never' }]],
  use: {
    viewport: { width: 1400, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A picture of each frame costs more than the page; what the page was made of is kept.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--force-color-profile=srgb',
        '--font-render-hinting=none',
      ],
    },
  },
});
