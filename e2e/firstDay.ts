import type { Page } from '@playwright/test';
import { startEmptySidecar, type EmptySidecar } from './emptySidecar';
import { expect, test } from './test';

/** A test on a sidecar that knows a source and no workload. */
export const onFirstDay = test.extend<object, { sidecar: EmptySidecar }>({
  sidecar: [
    async ({}, run) => {
      const sidecar = await startEmptySidecar();
      await run(sidecar);
      await sidecar.stop();
    },
    { scope: 'worker', timeout: 200_000 },
  ],
  baseURL: async ({ sidecar }, run) => {
    await run(sidecar.url);
  },
  at: async ({ at, sidecar }, run) => {
    await run({ ...at, baseUrl: sidecar.url });
  },
});

/** A workload of the API, as the form makes it. */
export async function declare(page: Page, name: string): Promise<void> {
  const response = await page.request.put(`/api/plugin-proxy/headroom-capacity-app/admin/api/v1/workloads/${name}`, {
    data: { name, source: 'demo', activity: { requests: { query: `${name}.requests` } } },
  });
  expect(response.ok(), await response.text()).toBe(true);
}
