import { z } from 'zod';
import { reasonSchema } from '../../../contract/index.ts';
import type { Storage } from '../../storage/index.ts';

/** What acting keeps. */
export type ActingStorage = Pick<Storage, 'setting' | 'setSetting' | 'deleteSetting' | 'appendDecision' | 'decision'>;

const settingSchema = z.object({ floor: z.number(), utilization: z.number().optional() });

/** An action that was begun: written before the target is touched, gone once its end is recorded. */
export const actionRecordSchema = z.object({
  id: z.string(),
  workload: z.string(),
  at: z.number(),
  who: z.string(),
  kind: z.enum(['change', 'giveBack', 'rollback']),
  direction: z.enum(['out', 'in']),
  set: z.union([settingSchema, z.literal('original')]),
  before: settingSchema,
  original: settingSchema,
  /** Replicas that there were, where that was known. */
  replicas: z.number().optional(),
  expectedVersion: z.string().optional(),
  holdUntil: z.number(),
  reasons: z.array(reasonSchema),
  recommendation: z.string().optional(),
});

/** A change that took, and that is watched until `endsAt`. */
export const watchRecordSchema = z.object({
  action: actionRecordSchema.omit({ expectedVersion: true }),
  /** When its replicas should serve. */
  dueAt: z.number(),
  endsAt: z.number(),
  /** What the forecast said of the need in that time: its median and what it asked for; null where it said nothing. */
  foreseen: z.object({ median: z.number(), floor: z.number() }).nullable(),
});

export type ActionRecord = z.infer<typeof actionRecordSchema>;
export type WatchRecord = z.infer<typeof watchRecordSchema>;

const ACTION_PREFIX = 'acting/action/';
const WATCH_PREFIX = 'acting/watch/';

export function actionKey(workload: string): string {
  return `${ACTION_PREFIX}${workload}`;
}

export function watchKey(workload: string): string {
  return `${WATCH_PREFIX}${workload}`;
}
