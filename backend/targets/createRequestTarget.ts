import type { RequestsConfig } from '../config/index.ts';
import type { RequestTarget } from '../scaling/index.ts';
import { KubernetesRequests } from './kubernetes/requests/kubernetesRequests.ts';
import { openSharedClient } from './kubernetes/sharedClient.ts';
import type { TargetDeps } from './targetDeps.ts';

/** Where a workload's requests are set, as `scaling.requests` declares it; it connects when first asked. */
export function createRequestTarget(
  { target, apply }: Pick<RequestsConfig, 'target' | 'apply'>,
  { env }: Pick<TargetDeps, 'env'>
): RequestTarget {
  const name = `requests of ${target.kind} ${target.namespace}/${target.name}`;
  return new KubernetesRequests(target, apply, () => openSharedClient(name, env));
}
