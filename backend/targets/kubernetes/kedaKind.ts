import { z } from 'zod';
import { kedaPause } from './kedaPause.ts';
import { parseAnswer, type KubernetesObject } from './kubernetesObject.ts';
import type { ScaledDetails, ScaledKind } from './scaledKind.ts';

const triggerSchema = z.looseObject({
  type: z.string(),
  metricType: z.string().nullish(),
  metadata: z.record(z.string(), z.string()),
});

const specSchema = z.looseObject({
  scaleTargetRef: z.looseObject({ name: z.string() }),
  maxReplicaCount: z.int().min(0).nullish(),
  idleReplicaCount: z.int().min(0).nullish(),
  triggers: z.array(triggerSchema),
});

/** What KEDA takes where `maxReplicaCount` is missing. */
const CEILING = 100;

/** Another way to write it, such as `+70`, could not be given back as it was. */
const PERCENT = /^[1-9]\d{0,4}$/;

/**
 * A ScaledObject of KEDA: its minReplicaCount, and of its triggers the utilisation of cpu, else of memory.
 *
 * The HPA that KEDA makes of it is never touched: KEDA writes it again.
 */
export const kedaKind: ScaledKind = {
  kind: 'keda',
  api: 'apis/keda.sh/v1alpha1',
  plural: 'scaledobjects',
  ability: { reads: true, tunesUtilization: true, isExperimental: false },
  floor: { field: 'minReplicaCount', annotation: 'min-replica-count', byDefault: 0 },
  isSoleOwner: false,
  describe(target: string, { spec, metadata }: KubernetesObject): ScaledDetails {
    const { maxReplicaCount, idleReplicaCount, triggers } = parseAnswer(target, specSchema, spec);
    const utilization = utilizationOf(triggers);
    const paused = kedaPause(metadata.annotations ?? {});
    const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
    return {
      ceiling: maxReplicaCount ?? CEILING,
      ...(utilization === undefined ? {} : { utilization }),
      ...(paused === undefined ? {} : { paused }),
      ...(controller === undefined ? {} : { owner: `${controller.kind} ${controller.name}` }),
      ...(idleReplicaCount === undefined || idleReplicaCount === null
        ? {}
        : {
            conflicts: [
              `spec.idleReplicaCount has KEDA go to ${idleReplicaCount} where no trigger is active, whatever the floor`,
            ],
          }),
    };
  },
};

function utilizationOf(triggers: ReadonlyArray<z.infer<typeof triggerSchema>>): ScaledDetails['utilization'] {
  for (const resource of ['cpu', 'memory']) {
    const index = triggers.findIndex(
      ({ type, metricType, metadata }) =>
        type === resource && (metricType ?? metadata['type']) === 'Utilization' && PERCENT.test(metadata['value'] ?? '')
    );
    if (index >= 0) {
      const percent = Number(triggers[index]!.metadata['value']);
      return { pointer: `/spec/triggers/${index}/metadata/value`, percent, isText: true };
    }
  }
  return undefined;
}
