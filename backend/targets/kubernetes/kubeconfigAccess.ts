import type { RequestOptions } from 'node:https';
import { delimiter } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { HeadroomError } from '../../errors/index.ts';
import type { ClusterAccess } from './clusterAccess.ts';

/**
 * The current context of kubeconfig files, read by Kubernetes' own client: tokens, certificates, commands, OIDC.
 *
 * `files` is KUBECONFIG's text. Errors: TARGET_SETTINGS_INVALID, without what the files hold.
 */
export async function kubeconfigAccess(target: string, files: string): Promise<ClusterAccess> {
  // Not the package's index, and only here: it takes some 90 MB, which a sidecar in a pod can do without.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const load = () => loadKubeconfig(KubeConfig, target, files);
  let config = load();
  const cluster = config.getCurrentCluster();
  const server = cluster?.server;
  if (server === undefined || !URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
    throw invalid(target, files, 'its current context names no cluster with an http or https address');
  }
  // The library's own rule: credentials over plain HTTP only where somebody said so.
  if (server.startsWith('http:') && cluster?.skipTLSVerify !== true) {
    throw invalid(target, files, 'its cluster is plain http, which takes insecure-skip-tls-verify: true');
  }
  let agents = new Set<NonNullable<RequestOptions['agent']>>();
  const destroyAgents = () => {
    for (const agent of agents) {
      if (typeof agent !== 'boolean') {
        agent.destroy();
      }
    }
    agents = new Set();
  };
  return {
    server: server.replace(/\/+$/, ''),
    async credentials() {
      const options: RequestOptions = {};
      try {
        await config.applyToHTTPSOptions(options);
      } catch {
        // The library's own words may hold what a credentials command printed.
        throw invalid(target, files, 'its credentials cannot be obtained (run kubectl get with it to see why)');
      }
      const headers = headersOf(options);
      const { agent } = options;
      if (agent !== undefined && agent !== false) {
        agents.add(agent);
      }
      return {
        headers,
        ...(typeof agent === 'object' ? { agent } : {}),
        secrets: secretsOf(headers.authorization, options.auth),
      };
    },
    renew() {
      config = load();
      destroyAgents();
      return Promise.resolve();
    },
    close: destroyAgents,
  };
}

function loadKubeconfig(Config: typeof KubeConfig, target: string, files: string): KubeConfig {
  const [first, ...others] = files.split(delimiter).filter((file) => file !== '');
  try {
    const config = new Config();
    config.loadFromFile(first!);
    for (const file of others) {
      const more = new Config();
      more.loadFromFile(file);
      config.mergeConfig(more, true);
    }
    return config;
  } catch {
    throw invalid(target, files, 'it cannot be read or is no kubeconfig');
  }
}

function headersOf({ headers = {}, auth }: RequestOptions): Record<string, string> & { authorization?: string } {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const basic = auth === undefined || auth === null ? {} : { authorization: `Basic ${btoa(auth)}` };
  return { ...Object.fromEntries(entries), ...basic };
}

function secretsOf(authorization: string | undefined, auth: string | null | undefined): readonly string[] {
  const proof = authorization?.split(' ').at(-1);
  const password = auth?.slice(auth.indexOf(':') + 1);
  return [proof ?? '', password ?? ''].filter((secret) => secret !== '');
}

function invalid(target: string, files: string, problem: string): HeadroomError {
  return new HeadroomError('TARGET_SETTINGS_INVALID', { target, problem: `KUBECONFIG (${files}): ${problem}` });
}
