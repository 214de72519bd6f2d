import { z } from 'zod';
import { reasonSchema } from '../../../contract/index.ts';
import { approvalSchema } from './approval.ts';
import type { Storage } from '../../storage/index.ts';

/** What acting keeps. */
export type ActingStorage = Pick<
  Storage,
  'setting' | 'settings' | 'setSetting' | 'deleteSetting' | 'appendDecision' | 'decision'
>;

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
  /** What is in force from the moment it took. */
  approval: approvalSchema.optional(),
  /** The target it was begun for: another one that bears the workload's name later is not meant. */
  target: z.string().optional(),
});

/** A change that took, and that is watched until `endsAt`. */
export const watchRecordSchema = z.object({
  action: actionRecordSchema.omit({ expectedVersion: true }),
  /** When its replicas should serve. */
  dueAt: z.number(),
  endsAt: z.number(),
  /** Whether the SLO was met before it. */
  sloBefore: z.enum(['met', 'violated', 'unknown']).optional(),
  /** It has to be rolled back, since `at`; until it is, or there is something against it, in words. */
  verdict: z.object({ at: z.number(), code: z.string(), text: z.string() }).optional(),
  /** What the forecast said of the need in that time: its median and what it asked for; null where it said nothing. */
  foreseen: z.object({ median: z.number(), floor: z.number() }).nullable(),
});

export type ActionRecord = z.infer<typeof actionRecordSchema>;
export type WatchRecord = z.infer<typeof watchRecordSchema>;

const ACTION_PREFIX = 'acting/action/';
const WATCH_PREFIX = 'acting/watch/';

/** Of each action of its own: whoever lost the lease in the middle of one must not delete another's. */
export function actionKey(workload: string, id: string): string {
  return `${actionKeys(workload)}${id}`;
}

export function actionKeys(workload: string): string {
  return `${ACTION_PREFIX}${workload}/`;
}

export function watchKey(workload: string): string {
  return `${WATCH_PREFIX}${workload}`;
}
