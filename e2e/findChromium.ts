import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';

/** What to say where there is none. */
export const NO_CHROMIUM =
  'No Chromium here: install one (apt-get install chromium-headless-shell) or name it in CHROMIUM_PATH';

/** First the shell without windows, which does the same at half the work. */
const SYSTEM_PATHS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** A Chromium that is there: CHROMIUM_PATH, the system's, or Playwright's own; nothing is downloaded. */
export function findChromium(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  const candidates = asked === undefined || asked === '' ? [...SYSTEM_PATHS, chromium.executablePath()] : [asked];
  return candidates.find((path) => existsSync(path));
}
