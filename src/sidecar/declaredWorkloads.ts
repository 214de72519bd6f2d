import { z } from 'zod';
import { workloadDetailSchema, type WorkloadDetail } from '../../contract/api.ts';
import type { WorkloadEntry } from '../../contract/workloadsFile.ts';
import { ask } from './client';
import type { Expected } from './storedScenarios';

const AGAIN_MS = 1000;
const MOST_TRIES = 60;

/** Declares a workload or changes it, as far as nobody else did since it was read; then waits for its first forecast. */
export async function saveWorkload(definition: WorkloadEntry, expected: Expected): Promise<WorkloadDetail> {
  const saved = await ask({
    path: pathOf(definition.name),
    route: 'admin',
    method: 'PUT',
    body: definition,
    headers: expected === 'new' ? { 'If-None-Match': '*' } : { 'If-Match': `"${expected.version}"` },
    reader: workloadDetailSchema,
  });
  return untilForecast(saved);
}

/** Forgets a workload with what was foreseen of it. */
export async function deleteWorkload(name: string, version: number): Promise<void> {
  await ask({
    path: pathOf(name),
    route: 'admin',
    method: 'DELETE',
    headers: { 'If-Match': `"${version}"` },
    reader: z.object({ deleted: z.string() }),
  });
}

/** The workload once it was forecast or said why not; after a minute as it is then. */
async function untilForecast(saved: WorkloadDetail): Promise<WorkloadDetail> {
  let detail = saved;
  for (let tries = 0; detail.summary.health.state === 'starting' && tries < MOST_TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    detail = await ask({ path: pathOf(saved.summary.name), reader: workloadDetailSchema });
  }
  return detail;
}

function pathOf(name: string): string {
  return `api/v1/workloads/${encodeURIComponent(name)}`;
}
