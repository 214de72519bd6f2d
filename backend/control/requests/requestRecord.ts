import { z } from 'zod';
import { reasonSchema } from '../../../contract/index.ts';
import type { RequestSetting } from '../../scaling/index.ts';
import type { Storage } from '../../storage/index.ts';

/** What acting on requests keeps. */
export type RequestStorage = Pick<
  Storage,
  'setting' | 'setSetting' | 'deleteSetting' | 'appendDecision' | 'decision' | 'decisions'
>;

export const requestSettingSchema = z
  .object({ cpu: z.number().optional(), memory: z.number().optional() })
  .transform(({ cpu, memory }): RequestSetting => ({
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  }));

/** A change of requests that was begun: written before the target is touched, gone once its end is recorded. */
export const requestRecordSchema = z.object({
  id: z.string(),
  workload: z.string(),
  at: z.number(),
  who: z.string(),
  what: z.enum(['requests', 'requests-rollback']),
  set: z.union([requestSettingSchema, z.literal('original')]),
  before: requestSettingSchema,
  after: requestSettingSchema,
  expectedVersion: z.string(),
  reasons: z.array(reasonSchema),
  /** The target it was begun for: another one that the workload names later is not meant. */
  target: z.string(),
});

export type RequestRecord = z.infer<typeof requestRecordSchema>;

export const REQUESTS = 'requests';
export const ROLLED_BACK = 'requests-rollback';
export const WATCHED = 'requests-watch';

export function requestRecordKey(workload: string): string {
  return `acting/requests/${workload}`;
}
