import { z } from 'zod';
import { findAutoscaler } from './findAutoscaler.ts';
import { parseAnswer } from './kubernetesObject.ts';
import type { ScaledKind } from './scaledKind.ts';

const statusSchema = z.looseObject({ replicas: z.int().min(0).nullish() });

/** A Deployment that no autoscaler scales: its replicas. */
export const deploymentKind: ScaledKind = workloadKind('deployment', 'deployments', 'Deployment');

/** A StatefulSet that no autoscaler scales: its replicas. */
export const statefulSetKind: ScaledKind = workloadKind('statefulset', 'statefulsets', 'StatefulSet');

function workloadKind(kind: string, plural: string, objectKind: string): ScaledKind {
  return {
    kind,
    api: 'apis/apps/v1',
    plural,
    ability: { reads: true, tunesUtilization: false, isExperimental: false },
    floor: { field: 'replicas', annotation: 'replicas', byDefault: 1 },
    isSoleOwner: true,
    describe(target, { status }) {
      const { replicas } = parseAnswer(target, statusSchema, status ?? {});
      return replicas === undefined || replicas === null ? {} : { replicas };
    },
    findOwner: (client, place, signal) => findAutoscaler(client, place, objectKind, signal),
  };
}
