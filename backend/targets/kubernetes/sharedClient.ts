import { kubernetesClient, type KubernetesClient } from './client.ts';
import { openClusterAccess } from './openClusterAccess.ts';

interface Shared {
  readonly client: Promise<KubernetesClient>;
  users: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const shared = new WeakMap<Environment, Shared>();

/** The client of the cluster that an environment names: one for all its targets, closed by the last of them. */
export async function openSharedClient(target: string, env: Environment): Promise<KubernetesClient> {
  const entry = shared.get(env) ?? {
    client: openClusterAccess(target, env).then((access) => kubernetesClient(access)),
    users: 0,
  };
  shared.set(env, entry);
  entry.users++;
  let isOpen = true;
  const leave = () => {
    entry.users -= Number(isOpen);
    isOpen = false;
    if (entry.users === 0 && shared.get(env) === entry) {
      shared.delete(env);
      return true;
    }
    return false;
  };
  try {
    const client = await entry.client;
    return {
      get: (request) => client.get(request),
      patch: (request) => client.patch(request),
      close: () => {
        if (leave()) {
          client.close();
        }
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}
