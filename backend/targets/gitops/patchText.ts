import { stringify } from 'yaml';
import { z } from 'zod';
import type { TargetSetting } from '../../scaling/index.ts';
import type { Held } from '../held/held.ts';
import { parseYaml } from './parseYaml.ts';

export interface PatchPlace {
  readonly namespace: string;
  readonly name: string;
}

/** What a patch file says: what Headroom set, and the floor as it stands in it now. */
export interface Patch {
  readonly held: Held;
  readonly now: TargetSetting;
}

const count = z.int().min(0);
/** A number as an annotation holds it. */
const written = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);

const patchSchema = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    annotations: z.object({
      'gitops.headroom.dev/action': z.string().min(1),
      'gitops.headroom.dev/fence': written,
      'gitops.headroom.dev/floor': written,
      'gitops.headroom.dev/original-min-replicas': written,
      'gitops.headroom.dev/hold-until': z.iso.datetime(),
    }),
  }),
  spec: z.object({ minReplicas: count }),
});

/**
 * A strategic-merge patch of an HPA's `minReplicas`, with its marks in annotations.
 *
 * They are not those of the target `hpa`, whose watchdog would take the HPA for one that is held there.
 */
export function formatPatch({ namespace, name }: PatchPlace, held: Held, reason: string): string {
  return stringify({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name,
      namespace,
      annotations: {
        'gitops.headroom.dev/action': held.action,
        'gitops.headroom.dev/fence': String(held.fence),
        'gitops.headroom.dev/floor': String(held.setting.floor),
        'gitops.headroom.dev/original-min-replicas': String(held.original.floor),
        'gitops.headroom.dev/hold-until': new Date(held.holdUntilSeconds * 1000).toISOString(),
        'gitops.headroom.dev/reason': reason,
      },
    },
    spec: { minReplicas: held.setting.floor },
  });
}

/** Reads a patch; in words where it is none of Headroom's, or for another HPA. */
export function parsePatch({ namespace, name }: PatchPlace, text: string): Patch | string {
  const parsed = patchSchema.safeParse(parseYaml(text));
  if (!parsed.success) {
    return 'it is not a patch that Headroom wrote';
  }
  const { metadata, spec } = parsed.data;
  if (metadata.namespace !== namespace || metadata.name !== name) {
    return `it is for another HPA than ${namespace}/${name}`;
  }
  const marks = metadata.annotations;
  return {
    held: {
      action: marks['gitops.headroom.dev/action'],
      fence: marks['gitops.headroom.dev/fence'],
      setting: { floor: marks['gitops.headroom.dev/floor'] },
      original: { floor: marks['gitops.headroom.dev/original-min-replicas'] },
      holdUntilSeconds: Date.parse(marks['gitops.headroom.dev/hold-until']) / 1000,
    },
    now: { floor: spec.minReplicas },
  };
}
