import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { parseWorkloadsFile } from '../../config/index.ts';
import { startApiDouble } from './api/apiDouble.fixture.ts';
import { kubernetesSubject, type SubjectKind } from './api/kubernetesSubject.fixture.ts';
import { requestSubject } from './api/requestSubject.fixture.ts';
import { DEPLOYMENT, HPA, SCALED_OBJECT, STATEFUL_SET } from './api/subjectKinds.fixture.ts';

type Json = Record<string, unknown>;

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = join(ROOT, 'deploy/kubernetes');
const MODELS = join(ROOT, 'node_modules/@kubernetes/client-node/dist/gen/models');
const { signal } = new AbortController();

/** Kinds of the manifests, by the models of Kubernetes' own client. */
const TYPES: Readonly<Record<string, string>> = {
  ServiceAccount: 'V1ServiceAccount',
  Deployment: 'V1Deployment',
  Service: 'V1Service',
  PersistentVolumeClaim: 'V1PersistentVolumeClaim',
  NetworkPolicy: 'V1NetworkPolicy',
  CronJob: 'V1CronJob',
  Role: 'V1Role',
  RoleBinding: 'V1RoleBinding',
};

async function documentsUnder(folder: string): Promise<ReadonlyArray<readonly [file: string, document: Json]>> {
  const names = await readdir(join(FOLDER, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith('.yaml') && !/kustomization|workloads/.test(name)).sort();
  const read = files.map(async (name) =>
    parseAllDocuments(await readFile(join(FOLDER, folder, name), 'utf8')).map((document) => {
      assert.deepEqual(document.errors, [], name);
      return [name, document.toJS() as Json] as const;
    })
  );
  return (await Promise.all(read)).flat();
}

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

/** Every field that a model does not know, by its path. */
async function unknownFields(value: unknown, type: string, path: string): Promise<string[]> {
  const list = /^Array<(.*)>$/.exec(type);
  if (list !== null) {
    assert.ok(Array.isArray(value), `${path} must be a list`);
    return (await Promise.all(value.map((item, index) => unknownFields(item, list[1]!, `${path}[${index}]`)))).flat();
  }
  const file = join(MODELS, `${type}.js`);
  if (!existsSync(file)) {
    assert.ok(type.startsWith('{') === (typeof value === 'object'), `${path} must be a ${type}`);
    assert.ok(!['string', 'number', 'boolean'].includes(type) || typeof value === type, `${path} must be a ${type}`);
    return [];
  }
  const model = (
    (await import(pathToFileURL(file).href)) as Record<string, { getAttributeTypeMap?: () => Attribute[] }>
  )[type];
  const attributes = model?.getAttributeTypeMap?.() ?? [];
  if (typeof value !== 'object' || value === null) {
    // IntOrString and Quantity: models without fields.
    assert.deepEqual(attributes, [], `${path} must be a ${type}`);
    return [];
  }
  const entries = Object.entries(value).map(async ([key, item]) => {
    const attribute = attributes.find(({ baseName }) => baseName === key);
    return attribute === undefined ? [`${path}.${key}`] : unknownFields(item, attribute.type, `${path}.${key}`);
  });
  return (await Promise.all(entries)).flat();
}

function* containersOf(value: unknown): Generator<{ readonly pod: Json; readonly container: Json }> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if ('containers' in value && Array.isArray(value.containers)) {
    for (const container of value.containers as Json[]) {
      yield { pod: value, container };
    }
  }
  for (const item of Object.values(value)) {
    yield* containersOf(item);
  }
}

describe('deploy/kubernetes', () => {
  test('holds only fields that Kubernetes knows, of the types that it asks for', async () => {
    const documents = await documentsUnder('.');
    assert.ok(documents.length > 10);
    for (const [file, document] of documents) {
      const type = TYPES[document['kind'] as string];
      assert.ok(type !== undefined, `${file}: ${String(document['kind'])}`);
      assert.deepEqual(await unknownFields(document, type, file), []);
    }
  });

  test('runs as nobody, on a root that cannot be written, without privileges, bounded in memory', async () => {
    const containers = (await documentsUnder('sidecar')).flatMap(([, document]) => [...containersOf(document)]);
    assert.equal(containers.length, 2);
    for (const { pod, container } of containers) {
      const { runAsNonRoot, seccompProfile } = pod['securityContext'] as Json;
      assert.deepEqual([runAsNonRoot, seccompProfile], [true, { type: 'RuntimeDefault' }]);
      assert.deepEqual(container['securityContext'], {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      assert.ok('memory' in ((container['resources'] as Json)['limits'] as Json));
      assert.equal(pod['serviceAccountName'], 'headroom');
    }
  });

  test('grants nothing beyond single namespaces, no secret and no wildcard', async () => {
    for (const [file, document] of await documentsUnder('access')) {
      assert.match(String(document['kind']), /^(Role|RoleBinding)$/, file);
      assert.doesNotMatch(JSON.stringify(document), /"\*"|secrets|"create"|"delete"|"update"/, file);
    }
  });

  const kubectl = (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'kubectl')));
  test('is what kubectl builds the example from', { skip: kubectl ? false : 'kubectl not installed' }, async () => {
    const { stdout } = await promisify(execFile)('kubectl', ['kustomize', join(FOLDER, 'example')]);
    const built = parseAllDocuments(stdout).map((document) => document.toJS() as Json);
    const of = (kind: string) => built.filter((document) => document['kind'] === kind);
    const text = ((of('ConfigMap')[0]!['data'] as Json)['workloads.yaml'] ?? '') as string;
    assert.ok(parseWorkloadsFile(text).isValid);
    assert.equal((of('Role')[0]!['metadata'] as Json)['namespace'], 'shop');
    assert.deepEqual(of('RoleBinding')[0]!['subjects'], [
      { kind: 'ServiceAccount', name: 'headroom', namespace: 'headroom' },
    ]);
    assert.match(stdout, /image: registry\.example\.com\/headroom:/);
    assert.doesNotMatch(stdout, /image: headroom$/m);
  });
});

const double = await startApiDouble();
after(() => double.stop());

describe('the roles of deploy/kubernetes grant exactly what targets ask for', () => {
  const asked = async (kind: SubjectKind): Promise<Set<string>> => {
    const subject = await kubernetesSubject({ url: double.url, renamed: [] }, kind);
    const target = await subject.open();
    const change = { action: 'a', fence: 1, holdUntilSeconds: 2e9, reason: 'to see what is asked' };
    await target.read(signal);
    for (const set of [{ floor: subject.original.floor + 1 }, 'original'] as const) {
      await target.preview({ ...change, set }, signal);
      await target.apply({ ...change, action: set === 'original' ? 'b' : 'a', set }, signal);
    }
    await target.close();
    await subject.dispose();
    return new Set(subject.proxy.asked.map(permissionOf));
  };

  for (const [folder, kinds] of [
    ['hpa', [HPA]],
    ['deployments', [DEPLOYMENT, STATEFUL_SET]],
    ['keda', [SCALED_OBJECT]],
  ] as const) {
    test(folder, async () => {
      const used = new Set((await Promise.all(kinds.map(asked))).flatMap((set) => [...set]));
      const [role] = (await documentsUnder(`access/${folder}`)).map(([, document]) => document);
      const rules = role!['rules'] as ReadonlyArray<Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>>;
      const granted = rules.flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))
        )
      );
      assert.deepEqual([...used].sort(), granted.sort());
    });
  }
});

test('the role for requests grants exactly what setting them asks for', async () => {
  const used = new Set<string>();
  for (const [apply, kind] of [
    ['resize', 'deployment'],
    ['rollout', 'statefulset'],
    ['resize', 'statefulset'],
    ['rollout', 'deployment'],
  ] as const) {
    const subject = await requestSubject({ url: double.url, renamed: [] }, apply, kind);
    const target = subject.open();
    for (const set of [{ cpu: 0.75 }, 'original'] as const) {
      await target.preview({ action: 'a', fence: 1, set, reason: 'to see what is asked' }, signal);
      await target.apply(
        { action: typeof set === 'string' ? set : 'b', fence: 1, set, reason: 'to see what is asked' },
        signal
      );
    }
    await subject.dispose();
    // What the API server offers, every account may ask.
    subject.proxy.asked.filter((each) => each !== 'GET /api/v1').forEach((each) => used.add(permissionOf(each)));
  }
  const [, role] = (await documentsUnder('access/requests'))[0]!;
  const rules = role['rules'] as ReadonlyArray<Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>>;
  const granted = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)))
  );
  assert.deepEqual([...used].sort(), granted.sort());
});

function permissionOf(request: string): string {
  const [, method, group = '', plural, name, subresource = ''] =
    /^(\w+) \/(?:apis\/([^/]+)|api)\/[^/]+\/namespaces\/[^/]+\/([^/?]+)(\/[^/?]+)?(\/resize)?/.exec(request)!;
  return `${method === 'GET' ? (name === undefined ? 'list' : 'get') : method!.toLowerCase()} ${group}/${plural!}${subresource}`;
}
