import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { targetExam, type TargetSubject } from '../../exams/target.ts';
import { formatComponent } from './componentText.ts';
import { GitopsTarget } from './gitopsTarget.ts';

const { signal } = new AbortController();
const ENTRY = { kind: 'gitops', path: 'deploy/headroom', namespace: 'shop', name: 'checkout' } as const;
const CHANGE = { action: 'a-1', fence: 3, set: { floor: 7 }, holdUntilSeconds: 1_800_000_000, reason: 'a sale: "x"' };
const targetIn = (directory: string, workload = 'checkout') =>
  new GitopsTarget({ workload, entry: ENTRY, min: 2, max: 30 }, { directory });

async function inFolder(use: (directory: string, folder: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-gitops-'));
  try {
    await use(directory, join(directory, ENTRY.path));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const read = async (name: string): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')];
  return Object.fromEntries(await Promise.all(names.map(read)));
}

const FILE = 'checkout.patch.yaml';
const NO_SERVER = 'it is a file: there is nobody to answer';

async function gitopsWorld(): Promise<TargetSubject> {
  const directory = await mkdtemp(join(tmpdir(), 'headroom-gitops-'));
  const folder = join(directory, ENTRY.path);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'kustomization.yaml'), formatComponent([]));
  const text = () => readFile(join(folder, FILE), 'utf8').catch(() => '');
  const seen = { text: '', writes: 0 };
  const count = async () => {
    const now = await text();
    seen.writes += now === seen.text ? 0 : 1;
    seen.text = now;
  };
  return {
    open: () => {
      const target = targetIn(directory);
      const apply = target.apply.bind(target);
      target.apply = async (change, by) => {
        await apply(change, by);
        await count();
      };
      return Promise.resolve(target);
    },
    original: { floor: 2 },
    ceiling: 30,
    secrets: [],
    world: {
      fields: async () => {
        const patch = parse(await text()) as { spec: { minReplicas: number } } | null;
        return { 'spec.minReplicas': patch?.spec.minReplicas ?? 2 };
      },
      whole: () => filesOf(folder),
      writes: () => Promise.resolve(seen.writes),
      touch: async () => {
        const now = await text();
        if (now !== '') {
          await writeFile(join(folder, FILE), `# seen\n${now}`);
          seen.text = await text();
        }
      },
      setByHand: () => Promise.reject(new Error('not asked')),
      fail: async (fault) => {
        assert.equal(fault, 'garbage');
        await writeFile(join(folder, 'kustomization.yaml'), 'apiVersion: v1\n- half: {');
      },
      heal: () => writeFile(join(folder, 'kustomization.yaml'), formatComponent([])),
    },
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
}

targetExam('a patch for GitOps', gitopsWorld, {
  versions: 'the owner changes the manifest, the patch is Headroom\'s alone: see "a patch edited by hand"',
  'set by hand': 'the owner\'s floor stands in the manifest, not in the patch: see "a patch edited by hand"',
  failing: NO_SERVER,
  forbidden: 'whoever runs the tests may write everywhere',
  expired: NO_SERVER,
  invalid: NO_SERVER,
  throttled: NO_SERVER,
  slow: NO_SERVER,
  gone: 'a folder that is not there is made',
  unreachable: NO_SERVER,
  forgetful: NO_SERVER,
  cut: NO_SERVER,
});

describe('a patch for GitOps', () => {
  test('makes its folder, lists what it writes, and leaves an empty component', () =>
    inFolder(async (directory, folder) => {
      const [checkout, search] = [targetIn(directory), targetIn(directory, 'search')];
      await Promise.all([checkout.apply(CHANGE, signal), search.apply(CHANGE, signal)]);
      assert.deepEqual(await readdir(folder), [FILE, 'kustomization.yaml', 'search.patch.yaml']);
      assert.equal((await filesOf(folder))['kustomization.yaml'], formatComponent([FILE, 'search.patch.yaml']));
      await Promise.all(
        [checkout, search].map((each) => each.apply({ ...CHANGE, action: 'b', set: 'original' }, signal))
      );
      assert.deepEqual(await filesOf(folder), { 'kustomization.yaml': formatComponent([]) });
    }));

  test('edited by hand is told of, and a change decided on what it was is refused', () =>
    inFolder(async (directory, folder) => {
      const target = targetIn(directory);
      await target.apply(CHANGE, signal);
      const { version } = await target.read(signal);
      const text = await readFile(join(folder, FILE), 'utf8');
      await writeFile(join(folder, FILE), text.replace('minReplicas: 7', 'minReplicas: 4'));
      const state = await target.read(signal);
      assert.deepEqual(state.setting, { floor: 4 });
      assert.deepEqual(state.conflicts, ['the floor that Headroom set to 7 is 4']);
      const stale = { ...CHANGE, action: 'b', expectedVersion: version! };
      await assert.rejects(target.apply(stale, signal), { code: 'TARGET_CONFLICT' });
    }));

  test('that the component does not list is not there: a process died before it listed it', () =>
    inFolder(async (directory, folder) => {
      const target = targetIn(directory);
      await target.apply(CHANGE, signal);
      await writeFile(join(folder, 'kustomization.yaml'), formatComponent([]));
      assert.equal((await target.read(signal)).isHeld, false);
      await target.apply(CHANGE, signal);
      assert.equal((await target.read(signal)).mark?.action, 'a-1');
    }));

  test('that is listed and gone is told of, and written again', () =>
    inFolder(async (directory, folder) => {
      const target = targetIn(directory);
      await target.apply(CHANGE, signal);
      await rm(join(folder, FILE));
      assert.match((await target.read(signal)).conflicts.join(), /which is not there/);
      await target.apply(CHANGE, signal);
      assert.deepEqual((await target.read(signal)).conflicts, []);
    }));

  for (const [what, file, text] of [
    ['a component with more than ours', 'kustomization.yaml', 'kind: Kustomization\nresources: [a.yaml]\n'],
    ['a component that is no YAML', 'kustomization.yaml', '{{{'],
    ['a component with aliases', 'kustomization.yaml', 'a: &a [x]\npatches: *a\n'],
    ['a patch of another hand', FILE, 'spec: { minReplicas: 3 }\n'],
    ['a patch for another HPA', FILE, undefined],
    ['a patch with aliases without end', FILE, 'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b]\n'],
  ] as const) {
    test(`${what} is left alone: TARGET_FAILED`, () =>
      inFolder(async (directory, folder) => {
        const target = targetIn(directory);
        await target.apply(CHANGE, signal);
        const ours = await readFile(join(folder, FILE), 'utf8');
        await writeFile(join(folder, file), text ?? ours.replace('namespace: shop', 'namespace: other'));
        const before = await filesOf(folder);
        for (const change of [
          { ...CHANGE, action: 'b' },
          { ...CHANGE, action: 'c', set: 'original' },
        ] as const) {
          await assert.rejects(target.apply(change, signal), { code: 'TARGET_FAILED' });
        }
        assert.deepEqual(await filesOf(folder), before);
      }));
  }

  test('never follows a link out of the folder of the workloads file', () =>
    inFolder(async (directory) => {
      await inFolder(async (elsewhere) => {
        await mkdir(join(directory, 'deploy'));
        await symlink(elsewhere, join(directory, ENTRY.path));
        await assert.rejects(targetIn(directory).apply(CHANGE, signal), { code: 'TARGET_SETTINGS_INVALID' });
        assert.deepEqual(await readdir(elsewhere), []);
      });
    }));

  test('whose folder is a file is TARGET_FAILED', () =>
    inFolder(async (directory) => {
      await writeFile(join(directory, 'deploy'), '');
      await assert.rejects(targetIn(directory).apply(CHANGE, signal), { code: 'TARGET_FAILED' });
    }));
});

const run = promisify(execFile);
const hasKustomize = await run('kubectl', ['version', '--client']).then(
  () => true,
  () => false
);

test(
  'kustomize builds the HPA with our floor while it is held, and as it was before and after',
  { skip: hasKustomize ? false : 'there is no kubectl here' },
  () =>
    inFolder(async (directory) => {
      await writeFile(
        join(directory, 'hpa.yaml'),
        'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: checkout, namespace: shop }\n' +
          'spec: { minReplicas: 2, maxReplicas: 30, scaleTargetRef: { kind: Deployment, name: checkout } }\n'
      );
      await writeFile(join(directory, 'kustomization.yaml'), `resources: [hpa.yaml]\ncomponents: [${ENTRY.path}]\n`);
      const built = async () =>
        parse((await run('kubectl', ['kustomize', directory])).stdout) as {
          metadata: object;
          spec: { minReplicas: number };
        };
      const target = targetIn(directory);
      await mkdir(join(directory, ENTRY.path), { recursive: true });
      await writeFile(join(directory, ENTRY.path, 'kustomization.yaml'), formatComponent([]));
      const before = await built();
      await target.apply(CHANGE, signal);
      assert.equal((await built()).spec.minReplicas, 7);
      await target.apply({ ...CHANGE, action: 'b', set: 'original' }, signal);
      assert.deepEqual(await built(), before);
    })
);
