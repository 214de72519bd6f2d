import type { z } from 'zod';
import { scenariosResponseSchema } from '../../contract/scenario.ts';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

export type ScenariosResponse = z.infer<typeof scenariosResponseSchema>;

/** The scenarios that ship, then those that people stored. */
export function useScenarios(): Polled<ScenariosResponse> {
  return useResource((signal) => ask({ path: 'api/v1/scenarios', reader: scenariosResponseSchema, signal }), {
    key: 'scenarios',
  });
}
