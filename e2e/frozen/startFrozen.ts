import { setTimeout as after } from 'node:timers/promises';
import { findChromium, NO_CHROMIUM } from '../findChromium';
import { startDemo } from '../startSidecar';
import { NOW } from '../../src/testing/fixtures';

/** A Wednesday morning, seven o'clock UTC: one service of the demo runs short before noon. */
const STARTS_AT = NOW - 4 * 3600;
const FITTED_WITHIN_MS = 300_000;
const ASK_AGAIN_MS = 1000;

/** Starts the demo fleet at a fixed time, and waits until its models are fitted; HEADROOM_E2E_URL names one that runs already. */
export default async function startFrozen(): Promise<(() => Promise<void>) | undefined> {
  if (findChromium() === undefined) {
    throw new Error(NO_CHROMIUM);
  }
  if (process.env['HEADROOM_E2E_URL'] !== undefined) {
    return undefined;
  }
  const { url, stop } = await startDemo({
    nodeOptions: ['--import', './e2e/frozen/clock.mjs'],
    env: { HEADROOM_E2E_STARTS_AT: String(STARTS_AT), HEADROOM_E2E_STARTED_AT: String(Date.now()) },
  });
  try {
    await fitted(url);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env['HEADROOM_E2E_URL'] = url;
  return stop;
}

/** Until no forecast is the first, which is made without a fit. */
async function fitted(url: string): Promise<void> {
  const until = Date.now() + FITTED_WITHIN_MS;
  while (Date.now() < until) {
    const response = await fetch(`${url}/api/v1/workloads`);
    const { workloads } = (await response.json()) as {
      workloads: ReadonlyArray<{ resources: ReadonlyArray<{ model: string | null }> }>;
    };
    const models = workloads.flatMap(({ resources }) => resources.map(({ model }) => model));
    if (models.every((model) => model !== null && model !== 'seasonal-naive')) {
      return;
    }
    await after(ASK_AGAIN_MS);
  }
  throw new Error(`The demo's models are not fitted after ${FITTED_WITHIN_MS / 1000} s`);
}
