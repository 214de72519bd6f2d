import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { HeadroomError } from '../../errors/index.ts';
import type { ClusterAccess } from './clusterAccess.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The API server of the cluster that this process is a pod of, by the pod's service account.
 *
 * The token and the authority are read for every request, since the kubelet renews them in place.
 * Errors: TARGET_SETTINGS_INVALID where the environment or the files are not there.
 */
export function inClusterAccess(
  target: string,
  env: Readonly<Record<string, string | undefined>>,
  directory = SERVICE_ACCOUNT
): ClusterAccess {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  if (host === undefined || host === '' || port === undefined || !/^\d{1,5}$/.test(port)) {
    throw new HeadroomError('TARGET_SETTINGS_INVALID', {
      target,
      problem: 'there is no cluster: set KUBECONFIG, or run in a pod with a service account',
    });
  }
  let agent: Agent | undefined;
  let agentAuthority: string | undefined;
  const read = async (name: string) => {
    const file = join(directory, name);
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.trim() === '') {
      throw new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem: `${file} cannot be read or is empty` });
    }
    return text;
  };
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async credentials() {
      const token = (await read('token')).trim();
      const authority = await read('ca.crt');
      if (agent === undefined || agentAuthority !== authority) {
        agent?.destroy();
        agent = new Agent({ ca: authority, keepAlive: true });
        agentAuthority = authority;
      }
      return { headers: { authorization: `Bearer ${token}` }, agent, secrets: [token] };
    },
    renew: () => Promise.resolve(),
    close() {
      agent?.destroy();
    },
  };
}
