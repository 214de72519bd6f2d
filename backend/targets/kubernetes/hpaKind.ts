import { z } from 'zod';
import { parseAnswer, type KubernetesObject } from './kubernetesObject.ts';
import type { ScaledDetails, ScaledKind } from './scaledKind.ts';

const specSchema = z.looseObject({
  maxReplicas: z.int().min(1),
  metrics: z
    .array(
      z.looseObject({
        type: z.string(),
        resource: z
          .looseObject({
            name: z.string(),
            target: z.looseObject({ type: z.string(), averageUtilization: z.int().min(1).nullish() }),
          })
          .nullish(),
      })
    )
    .nullish(),
});

const statusSchema = z.looseObject({ currentReplicas: z.int().min(0).nullish() });

/** A HorizontalPodAutoscaler: its minReplicas, and of its metrics the utilisation of cpu. */
export const hpaKind: ScaledKind = {
  kind: 'hpa',
  api: 'apis/autoscaling/v2',
  plural: 'horizontalpodautoscalers',
  ability: { reads: true, tunesUtilization: true, isExperimental: false },
  floor: { field: 'minReplicas', annotation: 'min-replicas', byDefault: 1 },
  isSoleOwner: false,
  describe(target: string, { spec, status, metadata }: KubernetesObject): ScaledDetails {
    const { maxReplicas, metrics } = parseAnswer(target, specSchema, spec);
    const { currentReplicas } = parseAnswer(target, statusSchema, status ?? {});
    const index = (metrics ?? []).findIndex(
      ({ type, resource }) => type === 'Resource' && resource?.name === 'cpu' && resource.target.type === 'Utilization'
    );
    const percent = metrics?.[index]?.resource?.target.averageUtilization ?? undefined;
    const controller = metadata.ownerReferences?.find((reference) => reference.controller === true);
    return {
      ceiling: maxReplicas,
      ...(currentReplicas === undefined || currentReplicas === null ? {} : { replicas: currentReplicas }),
      ...(percent === undefined
        ? {}
        : { utilization: { pointer: `/spec/metrics/${index}/resource/target/averageUtilization`, percent } }),
      ...(controller === undefined ? {} : { owner: `${controller.kind} ${controller.name}` }),
    };
  },
};
