import type { ClusterAccess } from './clusterAccess.ts';
import { inClusterAccess } from './inClusterAccess.ts';
import { kubeconfigAccess } from './kubeconfigAccess.ts';

/** The way to the cluster that the environment names: `KUBECONFIG`, else the pod's own. */
export async function openClusterAccess(
  target: string,
  env: Readonly<Record<string, string | undefined>>
): Promise<ClusterAccess> {
  const files = env['KUBECONFIG'];
  return files === undefined || files === '' ? inClusterAccess(target, env) : kubeconfigAccess(target, files);
}
