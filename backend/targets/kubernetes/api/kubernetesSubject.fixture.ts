import assert from 'node:assert/strict';
import type { TargetSubject } from '../../../exams/target.ts';
import type { ScaleTarget, TargetSetting } from '../../../scaling/index.ts';
import { kubernetesClient, type KubernetesClient } from '../client.ts';
import type { ClusterAccess } from '../clusterAccess.ts';
import { askUpstream, startFaultyProxy, type FaultyProxy, type Upstream } from './faultyProxy.fixture.ts';

type Json = Record<string, unknown>;

const TOKEN = 'exam-token-do-not-show-this';

/** A cluster seen past the proxy, by an independent client. */
export interface ExamCluster {
  /** The JSON of a request under Kubernetes' own names; fails the test where the status is not 2xx. */
  ask(method: string, path: string, body?: unknown, type?: string): Promise<Json>;
}

export interface KubernetesSubject extends TargetSubject {
  readonly cluster: ExamCluster;
  readonly proxy: FaultyProxy;
  readonly client: (timeoutSeconds?: number) => KubernetesClient;
  /** Of the object under examination. */
  readonly path: string;
  readonly objectName: string;
}

export interface SubjectKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** The floor's field in spec. */
  readonly field: string;
  readonly spec: Json;
  readonly status?: Json;
  readonly annotations?: Readonly<Record<string, string>>;
  /** A change of a spec's field that is none of Headroom's. */
  readonly touched: (count: number) => Json;
  readonly original: TargetSetting;
  readonly ceiling?: number;
  readonly isSoleOwner?: true;
  readonly open: (place: { namespace: string; name: string }, client: KubernetesClient) => ScaleTarget;
}

let count = 0;

export function clusterOf(upstream: Upstream): ExamCluster {
  return {
    async ask(method, path, body, type = 'application/json') {
      const answer = await askUpstream(upstream, {
        method,
        path,
        type,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}`);
      return JSON.parse(answer.text) as Json;
    },
  };
}

/** A fresh object of one kind in a namespace of its own, a proxy of its own before the API server, and what moves it. */
export async function kubernetesSubject(upstream: Upstream, kind: SubjectKind): Promise<KubernetesSubject> {
  const cluster = clusterOf(upstream);
  const [namespace, name] = [`shop-${process.pid}-${++count}`, 'checkout'];
  const collection = `/apis/${kind.apiVersion}/namespaces/${namespace}/${kind.plural}`;
  const path = `${collection}/${name}`;
  const { annotations } = kind;
  await cluster.ask('POST', collection, {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name, namespace, ...(annotations === undefined ? {} : { annotations }) },
    spec: kind.spec,
    ...(kind.status === undefined ? {} : { status: kind.status }),
  });
  const proxy = await startFaultyProxy(upstream, TOKEN);
  const access: ClusterAccess = {
    server: proxy.url,
    credentials: () => Promise.resolve({ headers: { authorization: `Bearer ${TOKEN}` }, secrets: [TOKEN] }),
    renew: () => Promise.resolve(),
    close: () => undefined,
  };
  const client = (timeoutSeconds = 30) => kubernetesClient(access, timeoutSeconds);
  const merge = (patch: Json) =>
    cluster.ask('PATCH', `${path}?fieldManager=somebody`, patch, 'application/merge-patch+json');
  const object = () => cluster.ask('GET', path);
  let touches = 0;
  return {
    cluster,
    proxy,
    client,
    path,
    objectName: name,
    open: ({ timeoutSeconds } = {}) => Promise.resolve(kind.open({ namespace, name }, client(timeoutSeconds))),
    original: kind.original,
    ...(kind.ceiling === undefined ? {} : { ceiling: kind.ceiling }),
    ...(kind.isSoleOwner === undefined ? {} : { isSoleOwner: kind.isSoleOwner }),
    secrets: [TOKEN],
    world: {
      fields: async () => Object.fromEntries(leaves((await object())['spec'], 'spec')),
      whole: async () => {
        const { apiVersion, kind: objectKind, spec, metadata } = await object();
        const { annotations: notes, labels, name: own, uid } = metadata as Json;
        return { apiVersion, kind: objectKind, spec, metadata: { notes, labels, own, uid } };
      },
      writes: () => Promise.resolve(proxy.writes()),
      touch: async () => {
        await merge({ spec: kind.touched(++touches) });
      },
      setByHand: async (floor) => {
        await merge({ spec: { [kind.field]: floor } });
      },
      fail: (fault) => {
        proxy.fail(fault);
        return Promise.resolve();
      },
      heal: () => {
        proxy.heal();
        return Promise.resolve();
      },
    },
    dispose: async () => {
      await proxy.stop();
      await cluster.ask('DELETE', path);
    },
  };
}

type Leaf = string | number | boolean | null;

function* leaves(value: unknown, path: string): Generator<[string, Leaf]> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* leaves(item, `${path}[${index}]`);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* leaves(item, `${path}.${key}`);
    }
  } else {
    yield [path, value as Leaf];
  }
}
