import { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';
import type { TargetSetting, TargetState } from '../../scaling/index.ts';
import { heldState } from '../held/heldState.ts';

const replicas = z.int().min(0);
const share = z.number().gt(0).max(1);
const settingShape = { floor: replicas, utilization: share.optional() };

/** What a receiver tells; more than that is not read. */
const answerSchema = z.object({
  ...settingShape,
  ceiling: replicas.optional(),
  replicas: replicas.optional(),
  version: z.string().min(1).max(256).optional(),
  isSoleOwner: z.boolean().optional(),
  paused: z.object({ out: z.boolean(), in: z.boolean(), reason: z.string().max(300) }).optional(),
  held: z
    .object({
      action: z.string().min(1),
      fence: z.int(),
      ...settingShape,
      original: z.object(settingShape),
      holdUntil: z.iso.datetime(),
    })
    .nullish(),
});

/** The state that a receiver's answer tells; throws TARGET_FAILED where it is not one. `max`: the ceiling where it has none. */
export function webhookState(target: string, json: unknown, max: number): TargetState {
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'the whole'))].join(', ');
    const reason = `its answer is not that of a receiver (docs/acting/targets.md): ${fields}`;
    throw new HeadroomError('TARGET_FAILED', { target, reason });
  }
  const { held, ceiling, version, paused, isSoleOwner = false, replicas: count } = parsed.data;
  return heldState(
    setting(parsed.data),
    held == null
      ? undefined
      : {
          action: held.action,
          fence: held.fence,
          setting: setting(held),
          original: setting(held.original),
          holdUntilSeconds: Date.parse(held.holdUntil) / 1000,
        },
    {
      ceiling: Math.min(ceiling ?? max, max),
      isSoleOwner,
      ...(version !== undefined && { version }),
      ...(paused !== undefined && { paused }),
      ...(count !== undefined && { replicas: count }),
    }
  );
}

function setting({ floor, utilization }: { floor: number; utilization?: number | undefined }): TargetSetting {
  return { floor, ...(utilization !== undefined && { utilization }) };
}
