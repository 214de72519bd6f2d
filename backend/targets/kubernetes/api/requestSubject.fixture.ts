import type { RequestSubject } from '../../../exams/requestTarget.ts';
import { kubernetesClient } from '../client.ts';
import { KubernetesRequests } from '../requests/kubernetesRequests.ts';
import { settingOf } from '../requests/requestQuantities.ts';
import type { RequestWay } from '../requests/readRequests.ts';
import { startFaultyProxy, type FaultyProxy, type Upstream } from './faultyProxy.fixture.ts';
import { clusterOf, type ExamCluster } from './kubernetesSubject.fixture.ts';

type Json = Record<string, unknown>;

const TOKEN = 'exam-token-do-not-show-this';
const HASH = '5d9f7c';
let count = 0;

export interface PodSubject extends RequestSubject {
  readonly cluster: ExamCluster;
  readonly proxy: FaultyProxy;
  readonly namespace: string;
  readonly patchPods: (patch: Json) => Promise<void>;
  readonly patchObject: (patch: Json) => Promise<void>;
}

export const SIZED = {
  name: 'app',
  image: 'registry.example/checkout:1',
  resources: { requests: { cpu: '500m', memory: '512Mi' }, limits: { memory: '1Gi' } },
};
const SIDECAR = { name: 'proxy', image: 'registry.example/proxy:1', resources: { requests: { cpu: '10m' } } };

/** A Deployment or StatefulSet with three pods, and a stranger's with the same label, in a namespace of its own. */
export async function requestSubject(
  upstream: Upstream,
  apply: RequestWay,
  kind: 'deployment' | 'statefulset' = 'deployment'
): Promise<PodSubject> {
  const cluster = clusterOf(upstream);
  const [namespace, name] = [`size-${String(process.pid)}-${String(++count)}`, 'checkout'];
  const objects = `/apis/apps/v1/namespaces/${namespace}/${kind}s`;
  const podsPath = `/api/v1/namespaces/${namespace}/pods`;
  const containers = [SIDECAR, SIZED];
  const podOf = (podName: string, owner: string): Json => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: podName,
      namespace,
      labels: { app: 'checkout', 'pod-template-hash': HASH },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: kind === 'deployment' ? 'ReplicaSet' : 'StatefulSet',
          name: owner,
          uid: `uid-${owner}`,
          controller: true,
        },
      ],
    },
    spec: { containers },
    status: { phase: 'Running', qosClass: 'Burstable' },
  });
  const owner = kind === 'deployment' ? `${name}-${HASH}` : name;
  await cluster.ask('POST', objects, {
    apiVersion: 'apps/v1',
    kind: kind === 'deployment' ? 'Deployment' : 'StatefulSet',
    metadata: { name, namespace, annotations: { 'example.org/team': 'shop' } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'checkout' } },
      template: { metadata: { labels: { app: 'checkout' } }, spec: { containers } },
    },
  });
  let pods = 0;
  const add = async (maker: string) => {
    await cluster.ask('POST', podsPath, podOf(`${maker}-${String(++pods)}`, maker));
  };
  for (const maker of [owner, owner, owner, 'stranger']) {
    await add(maker);
  }
  const proxy = await startFaultyProxy(upstream, TOKEN);
  const client = kubernetesClient(
    {
      server: proxy.url,
      credentials: () => Promise.resolve({ headers: { authorization: `Bearer ${TOKEN}` }, secrets: [TOKEN] }),
      renew: () => Promise.resolve(),
      close: () => undefined,
    },
    30
  );
  const listed = async () => (await cluster.ask('GET', podsPath))['items'] as Json[];
  const sizes = ({ spec }: Json) =>
    (spec as { containers: Array<typeof SIZED> }).containers.find((each) => each.name === 'app')!.resources;
  const patchPods = async (patch: Json) => {
    for (const { metadata } of (await listed()) as Array<{ metadata: Json }>) {
      const path = `${podsPath}/${String(metadata['name'])}`;
      await cluster.ask('PATCH', path, patch, 'application/merge-patch+json');
    }
  };
  return {
    cluster,
    proxy,
    namespace,
    patchPods,
    patchObject: async (patch) => {
      await cluster.ask('PATCH', `${objects}/${name}`, patch, 'application/merge-patch+json');
    },
    open: () =>
      new KubernetesRequests({ kind, namespace, name, container: 'app' }, apply, () => Promise.resolve(client)),
    whole: async () => {
      const { spec, metadata } = await cluster.ask('GET', `${objects}/${name}`);
      const own = (await listed()).map((pod) => [(pod['metadata'] as Json)['name'], pod['spec']]);
      return { spec, annotations: (metadata as Json)['annotations'], own };
    },
    live: async () => (await listed()).slice(0, 3).map((pod) => settingOf(sizes(pod).requests)),
    writes: () => proxy.writes(),
    addReplica: () => add(owner),
    isInherited: apply === 'rollout',
    fail: (fault) => {
      proxy.fail(fault);
    },
    heal: () => {
      proxy.heal();
    },
    secrets: [TOKEN],
    dispose: async () => {
      await proxy.stop();
    },
  };
}
