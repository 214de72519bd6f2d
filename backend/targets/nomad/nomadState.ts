import { z } from 'zod';
import { HeadroomError } from '../../errors/index.ts';
import type { TargetChange, TargetSetting, TargetState } from '../../scaling/index.ts';
import type { Held } from '../held/held.ts';
import { heldState } from '../held/heldState.ts';

const count = z.int().min(0);

/** What Headroom writes into the meta of a scaling event, to find it again. */
const metaSchema = z.object({
  headroom_action: z.string().min(1),
  headroom_fence: z.int(),
  headroom_floor: count,
  headroom_original: count,
  headroom_hold_until: z.iso.datetime(),
  headroom_restore: z.boolean(),
});

const scaleSchema = z.object({
  JobModifyIndex: z.number(),
  JobStopped: z.boolean(),
  TaskGroups: z.record(
    z.string(),
    z.object({
      Desired: count,
      Running: count.optional(),
      Events: z
        .array(z.object({ CreateIndex: z.number(), Error: z.boolean().optional(), Meta: z.unknown().optional() }))
        .nullish(),
    })
  ),
});

const jobSchema = z.object({
  TaskGroups: z.array(
    z.object({
      Name: z.string(),
      Scaling: z
        .object({
          Enabled: z.boolean().nullish(),
          Max: count.nullish(),
          Policy: z.record(z.string(), z.unknown()).nullish(),
        })
        .nullish(),
    })
  ),
});

export interface NomadState {
  readonly state: TargetState;
  /** Whether a scaling policy of the job acts on the group: what is set there would be undone. */
  readonly isScaledByPolicy: boolean;
}

/**
 * The state of a task group by Nomad's answers on the job and on its scale; `max`: the ceiling where it has none.
 *
 * Throws TARGET_FAILED where they are not Nomad's, TARGET_GONE where the group is not there.
 */
export function nomadState(
  target: string,
  group: string,
  answers: { readonly scale: unknown; readonly job: unknown },
  max: number
): NomadState {
  const scale = scaleSchema.safeParse(answers.scale);
  const job = jobSchema.safeParse(answers.job);
  if (!scale.success || !job.success) {
    throw new HeadroomError('TARGET_FAILED', { target, reason: 'its answer is not that of Nomad' });
  }
  const { JobModifyIndex: index, JobStopped: isStopped, TaskGroups: groups } = scale.data;
  const status = Object.hasOwn(groups, group) ? groups[group] : undefined;
  if (status === undefined || isStopped) {
    const reason = isStopped ? 'the job is stopped' : 'the job has no such group';
    throw new HeadroomError('TARGET_GONE', { target, reason });
  }
  const scaling = job.data.TaskGroups.find(({ Name: name }) => name === group)?.Scaling;
  const isScaledByPolicy = scaling != null && scaling.Enabled !== false && Object.keys(scaling.Policy ?? {}).length > 0;
  const events = (status.Events ?? []).filter((event) => event.Error !== true);
  const state = heldState({ floor: status.Desired }, heldBy(events), {
    ceiling: Math.min(scaling?.Max ?? max, max),
    isSoleOwner: !isScaledByPolicy,
    version: String(index),
    ...(status.Running !== undefined && { replicas: status.Running }),
    conflicts: isScaledByPolicy ? ['the job has a scaling policy'] : [],
  });
  return { state, isScaledByPolicy };
}

/** The meta of a scaling event, by which `nomadState` finds what is held. */
export function nomadMeta(change: TargetChange, setting: TargetSetting, original: TargetSetting): object {
  return {
    headroom_action: change.action,
    headroom_fence: change.fence,
    headroom_floor: setting.floor,
    headroom_original: original.floor,
    headroom_hold_until: new Date(change.holdUntilSeconds * 1000).toISOString(),
    headroom_restore: change.set === 'original',
  };
}

/** By the last event of ours; Nomad keeps the last twenty of a group. */
function heldBy(events: ReadonlyArray<{ readonly CreateIndex: number; readonly Meta?: unknown }>): Held | undefined {
  const ours = events
    .map(({ CreateIndex: index, Meta: meta }) => ({ index, meta: metaSchema.safeParse(meta).data }))
    .filter(({ meta }) => meta !== undefined)
    .sort((a, b) => b.index - a.index);
  const meta = ours[0]?.meta;
  return meta === undefined || meta.headroom_restore
    ? undefined
    : {
        action: meta.headroom_action,
        fence: meta.headroom_fence,
        setting: { floor: meta.headroom_floor },
        original: { floor: meta.headroom_original },
        holdUntilSeconds: Date.parse(meta.headroom_hold_until) / 1000,
      };
}
