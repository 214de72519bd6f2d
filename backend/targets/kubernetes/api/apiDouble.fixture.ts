import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseQuantity } from '../../../timeseries/index.ts';
import { applyConflicts, managedFields, ownApply, ownUpdate, type FieldOwners } from './fieldOwners.fixture.ts';
import { jsonPatch } from './jsonPatch.fixture.ts';
import { mergePatch } from './mergePatch.fixture.ts';

type Json = Record<string, unknown>;

interface Stored {
  object: Json;
  readonly owners: FieldOwners;
}

/** The fields of counts, by resource, which the double validates as the real schemas do. */
const COUNTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  horizontalpodautoscalers: { minReplicas: 0, maxReplicas: 1 },
  deployments: { replicas: 0 },
  statefulsets: { replicas: 0 },
  scaledobjects: { minReplicaCount: 0, maxReplicaCount: 0 },
  pods: {},
};

const OBJECT_PATH =
  /^\/(?:apis\/([^/]+)|api)\/([^/]+)\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+))?(?:\/(scale|resize))?$/;

/**
 * A light double of Kubernetes' API over HTTP on loopback: resource versions and 409, server-side dry run, the three
 * kinds of patches with field managers, validation with 422, lists in pages, the scale subresource.
 */
export async function startApiDouble(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const stored = new Map<string, Stored>();
  let version = 100;

  const answer = (request: IncomingMessage, body: string): readonly [status: number, json: unknown] => {
    const url = new URL(request.url ?? '/', 'http://double');
    if (url.pathname === '/api/v1') {
      return [200, CORE_RESOURCES];
    }
    const match = OBJECT_PATH.exec(url.pathname);
    const [, group, apiVersion, namespace, plural, name, subresource] = match ?? [];
    const scale = subresource === 'scale' ? subresource : undefined;
    if (match === null || !(plural! in COUNTS)) {
      return status(404, 'NotFound', 'the server could not find the requested resource');
    }
    const root = group === undefined ? '/api' : `/apis/${group}`;
    const collection = `${root}/${apiVersion!}/namespaces/${namespace!}/${plural!}`;
    if (name === undefined) {
      return request.method === 'POST'
        ? create(collection, plural!, JSON.parse(body) as Json)
        : list(collection, group === undefined ? apiVersion! : `${group}/${apiVersion!}`, url.searchParams);
    }
    const path = `${collection}/${name}`;
    const entry = stored.get(path);
    const found = entry ?? isApply(request);
    if (found === false) {
      return status(404, 'NotFound', `${plural!} "${name}" not found`);
    }
    switch (request.method) {
      case 'GET':
        return [200, scale === undefined ? rendered(entry!) : scaleOf(entry!)];
      case 'DELETE':
        stored.delete(path);
        return [200, { kind: 'Status', apiVersion: 'v1', status: 'Success' }];
      case 'PUT':
      case 'PATCH':
        return subresource === 'resize' && plural === 'pods'
          ? resize(path, request, url.searchParams, body)
          : write(path, plural!, request, url.searchParams, body, scale !== undefined);
      default:
        return status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
    }
  };

  const create = (collection: string, plural: string, object: Json): readonly [number, unknown] => {
    const metadata = object['metadata'] as Json;
    const path = `${collection}/${String(metadata['name'])}`;
    if (stored.has(path)) {
      return status(409, 'AlreadyExists', `${plural} "${String(metadata['name'])}" already exists`);
    }
    const problem = invalid(plural, object);
    if (problem !== undefined) {
      return status(422, 'Invalid', problem);
    }
    const blank = { metadata: {}, spec: {} };
    const entry: Stored = {
      object: { ...object, metadata: { ...metadata, uid: `uid-${++version}` } },
      owners: new Map(),
    };
    ownUpdate(entry.owners, 'exam', blank, entry.object);
    stamp(entry.object, undefined);
    stored.set(path, entry);
    return [201, rendered(entry)];
  };

  const list = (collection: string, apiVersion: string, query: URLSearchParams): readonly [number, unknown] => {
    const labels = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
    const all = [...stored]
      .filter(([path]) => path.startsWith(`${collection}/`))
      .map(([, entry]) => rendered(entry))
      .filter((object) => {
        const { labels: own = {} } = object['metadata'] as { readonly labels?: Json };
        return labels.every((label) => own[label.split('=')[0]!] === label.split('=')[1]);
      });
    const start = Number(query.get('continue') ?? '0');
    const end = start + Math.min(Number(query.get('limit') ?? '500'), 500);
    const metadata = { resourceVersion: String(version), ...(end < all.length ? { continue: String(end) } : {}) };
    return [200, { kind: 'List', apiVersion, metadata, items: all.slice(start, end) }];
  };

  /** `pods/resize`, of Kubernetes 1.33: resources alone, none above its limit. */
  const resize = (
    path: string,
    request: IncomingMessage,
    query: URLSearchParams,
    body: string
  ): readonly [number, unknown] => {
    const before = structuredClone(stored.get(path)!);
    const [code, json] = write(path, 'pods', request, query, body, false);
    const problem = code === 200 ? resizeProblem(before.object, json as Json) : undefined;
    if (problem !== undefined) {
      stored.set(path, before);
      return status(422, 'Invalid', problem);
    }
    return [code, json];
  };

  const write = (
    path: string,
    plural: string,
    request: IncomingMessage,
    query: URLSearchParams,
    body: string,
    isScale: boolean
  ): readonly [number, unknown] => {
    const entry: Stored = stored.get(path) ?? { object: { metadata: {}, spec: {} }, owners: new Map() };
    const owners: FieldOwners = new Map([...entry.owners].map(([key, set]) => [key, new Set(set)]));
    const manager = query.get('fieldManager') ?? 'unknown';
    const before = entry.object;
    const view = isScale ? scaleOf(entry) : before;
    let after: Json;
    try {
      const sent = JSON.parse(body) as Json;
      if (isApply(request)) {
        const conflicts = query.get('force') === 'true' ? [] : applyConflicts(owners, manager, before, sent);
        if (conflicts.length > 0) {
          return status(409, 'Conflict', `Apply failed with ${conflicts.length} conflicts: ${conflicts.join(', ')}`);
        }
        after = { ...sent, ...ownApply(owners, manager, before, sent) };
      } else {
        after =
          request.method === 'PUT'
            ? sent
            : isJsonPatch(request)
              ? jsonPatch(view, sent as never)
              : (mergePatch(view, sent) as Json);
        if (isScale) {
          const { replicas } = after['spec'] as Json;
          const { resourceVersion } = after['metadata'] as Json;
          const metadata = { ...(before['metadata'] as Json), resourceVersion };
          after = { ...before, metadata, spec: { ...(before['spec'] as Json), replicas } };
        }
        ownUpdate(owners, manager, before, after);
      }
    } catch (error) {
      return status(422, 'Invalid', error instanceof Error ? error.message : 'no patch');
    }
    const was = before['metadata'] as Json;
    const expected = (after['metadata'] as Json)['resourceVersion'];
    if (expected !== undefined && was['resourceVersion'] !== undefined && expected !== was['resourceVersion']) {
      return status(409, 'Conflict', 'the object has been modified; please apply your changes to the latest version');
    }
    const problem = invalid(plural, after);
    if (problem !== undefined) {
      return status(422, 'Invalid', problem);
    }
    const next: Stored = { object: tidy({ ...after, metadata: { ...(after['metadata'] as Json) } }), owners };
    const isSame = JSON.stringify(next.object) === JSON.stringify(before);
    if (!isSame) {
      const count = version;
      stamp(next.object, before);
      if (query.get('dryRun') === 'All') {
        version = count;
      } else {
        stored.set(path, next);
      }
    }
    return [200, isScale ? scaleOf(next) : rendered(next)];
  };

  /** A new version, and a new generation where the spec changed. */
  const stamp = (object: Json, before: Json | undefined) => {
    const metadata = object['metadata'] as Json;
    const generation = Number((before?.['metadata'] as Json | undefined)?.['generation'] ?? 0);
    const isChanged = JSON.stringify(object['spec']) !== JSON.stringify(before?.['spec']);
    object['metadata'] = {
      ...metadata,
      resourceVersion: String(++version),
      generation: generation + Number(isChanged),
    };
  };

  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const [code, json] = answer(request, body);
      send(response, code, json);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function rendered({ object, owners }: Stored): Json {
  const metadata = object['metadata'] as Json;
  return { ...object, metadata: { ...metadata, managedFields: managedFields(owners, String(object['apiVersion'])) } };
}

function scaleOf({ object }: Stored): Json {
  const { name, namespace, resourceVersion, uid } = object['metadata'] as Json;
  const { replicas = 1 } = object['spec'] as Json;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, resourceVersion, uid },
    spec: { replicas },
    status: { replicas: (object['status'] as Json | undefined)?.['replicas'] ?? 0 },
  };
}

/** Go leaves empty maps of metadata out, and what the server alone writes can't be set. */
function tidy(object: Json): Json {
  const metadata = { ...(object['metadata'] as Json) };
  const { annotations, labels } = metadata;
  for (const field of ['annotations', 'labels', 'managedFields']) {
    Reflect.deleteProperty(metadata, field);
  }
  const isFilled = (map: unknown) => typeof map === 'object' && map !== null && Object.keys(map).length > 0;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(isFilled(annotations) ? { annotations } : {}),
      ...(isFilled(labels) ? { labels } : {}),
    },
  };
}

function invalid(plural: string, { spec, metadata }: Json): string | undefined {
  for (const [field, least] of Object.entries(COUNTS[plural]!)) {
    const value = (spec as Json)[field];
    if (value !== undefined && (!Number.isSafeInteger(value) || (value as number) < least)) {
      return `spec.${field}: Invalid value: ${JSON.stringify(value)}: should be an integer of at least ${least}`;
    }
  }
  const { minReplicas, maxReplicas } = spec as Record<string, number | undefined>;
  if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
    return `spec.maxReplicas: Invalid value: ${maxReplicas}: must be greater than or equal to minReplicas`;
  }
  const { triggers = [] } = spec as { triggers?: ReadonlyArray<{ metadata: Json }> };
  const other = triggers
    .flatMap(({ metadata: parts }) => Object.entries(parts))
    .find(([, part]) => typeof part !== 'string');
  if (other !== undefined) {
    return `spec.triggers.metadata.${other[0]}: Invalid value: must be of type string`;
  }
  const annotations = ((metadata as Json)['annotations'] ?? {}) as Json;
  const wrong = Object.entries(annotations).find(([, value]) => typeof value !== 'string');
  return wrong && `metadata.annotations.${wrong[0]}: Invalid value: must be of type string`;
}

const CORE_RESOURCES = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [{ name: 'pods' }, { name: 'pods/resize' }],
};

type Quantities = Readonly<Record<string, string | number>>;

interface SizedContainer {
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities };
}

function resizeProblem(before: Json, after: Json): string | undefined {
  const bare = (object: Json) => {
    const { containers, ...spec } = object['spec'] as Json & { containers: SizedContainer[] };
    return JSON.stringify([spec, containers.map((container) => ({ ...container, resources: undefined }))]);
  };
  if (bare(before) !== bare(after)) {
    return 'spec: Forbidden: only cpu and memory resources are mutable';
  }
  const { containers } = after['spec'] as { containers: SizedContainer[] };
  const above = containers.find(({ resources: { requests = {}, limits = {} } = {} }) =>
    Object.entries(limits).some(
      ([name, limit]) => (parseQuantity(String(requests[name] ?? '0')) ?? 0) > (parseQuantity(String(limit)) ?? 0)
    )
  );
  return above && 'spec.containers[0].resources.requests: Invalid value: must be less than or equal to its limit';
}

function isApply({ headers, method }: IncomingMessage): boolean {
  return method === 'PATCH' && (headers['content-type'] ?? '').startsWith('application/apply-patch');
}

function isJsonPatch({ headers }: IncomingMessage): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json-patch');
}

function status(code: number, reason: string, message: string): readonly [number, unknown] {
  return [code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }];
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, code: number, json: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
}
