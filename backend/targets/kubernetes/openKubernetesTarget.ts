import type { ScaleTarget } from '../../scaling/index.ts';
import type { TargetDeps } from '../targetDeps.ts';
import { KubernetesTarget } from './kubernetesTarget.ts';
import type { ScaledKind } from './scaledKind.ts';
import { openSharedClient } from './sharedClient.ts';

/** An object of the cluster that the environment names, as a target; it connects when first asked. */
export function openKubernetesTarget(
  kind: ScaledKind,
  place: { readonly namespace: string; readonly name: string },
  { env }: Pick<TargetDeps, 'env'>
): ScaleTarget {
  const target = `${kind.kind} ${place.namespace}/${place.name}`;
  return new KubernetesTarget(kind, place, () => openSharedClient(target, env));
}
