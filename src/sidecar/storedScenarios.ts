import { z } from 'zod';
import { scenarioDetailSchema, type Scenario, type ScenarioDetail } from '../../contract/scenario.ts';
import { ask } from './client';

/** What a change expects to find: the version that was read, or that there is none yet. */
export type Expected = { readonly version: number } | 'new';

/** Stores a scenario, or a new version of it; somebody else's change since then is not overwritten. */
export function saveScenario(scenario: Scenario, expected: Expected): Promise<ScenarioDetail> {
  return ask({
    path: pathOf(scenario.name),
    route: 'propose',
    method: 'PUT',
    body: scenario,
    headers: expected === 'new' ? { 'If-None-Match': '*' } : { 'If-Match': `"${expected.version}"` },
    reader: scenarioDetailSchema,
  });
}

/** Takes a stored scenario out of use; its versions are kept. */
export async function deleteScenario(name: string, version: number): Promise<void> {
  await ask({
    path: pathOf(name),
    route: 'propose',
    method: 'DELETE',
    headers: { 'If-Match': `"${version}"` },
    reader: z.object({ deleted: z.string() }),
  });
}

function pathOf(name: string): string {
  return `api/v1/scenarios/${encodeURIComponent(name)}`;
}
