import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runCommand } from '../runCommand.fixture.ts';
import { startApiDouble } from '../targets/kubernetes/api/apiDouble.fixture.ts';
import { kubernetesSubject, type KubernetesSubject } from '../targets/kubernetes/api/kubernetesSubject.fixture.ts';
import { realApiMissing, startRealApi } from '../targets/kubernetes/api/realApi.fixture.ts';
import { requestSubject } from '../targets/kubernetes/api/requestSubject.fixture.ts';
import { HPA } from '../targets/kubernetes/api/subjectKinds.fixture.ts';
import type { Upstream } from '../targets/kubernetes/api/faultyProxy.fixture.ts';

const { signal } = new AbortController();
const directory = await mkdtemp(join(tmpdir(), 'headroom-release-'));
const double = await startApiDouble();
const missing = realApiMissing();
const real = missing === false ? await startRealApi() : undefined;
after(async () => {
  await double.stop();
  await real?.stop();
  await rm(directory, { recursive: true, force: true });
});

const FUTURE = 4_000_000_000;
const PAST = 1_700_000_000;

async function hold(subject: KubernetesSubject, holdUntilSeconds: number): Promise<void> {
  const target = await subject.open();
  const set = { floor: 9, utilization: 0.9 };
  await target.apply({ action: 'sale', fence: 4, set, holdUntilSeconds, reason: 'a sale' }, signal);
  await target.close();
}

/** A kubeconfig for the proxy before the API server, with the token that it believes. */
async function kubeconfigOf({ proxy, secrets }: Pick<KubernetesSubject, 'proxy' | 'secrets'>): Promise<string> {
  const file = join(directory, `kubeconfig-${new URL(proxy.url).port}`);
  await writeFile(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'exam',
      clusters: [{ name: 'exam', cluster: { server: proxy.url, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'exam', user: { token: secrets[0] } }],
      contexts: [{ name: 'exam', context: { cluster: 'exam', user: 'exam' } }],
    })
  );
  return file;
}

function watchdog(name: string, upstream: () => Upstream, skip: string | false): void {
  const examine = async (
    ask: (subject: KubernetesSubject, run: typeof runCommand, target: string) => Promise<void>
  ) => {
    const subject = await kubernetesSubject(upstream(), HPA);
    try {
      const KUBECONFIG = await kubeconfigOf(subject);
      const [, namespace] = /namespaces\/([^/]+)/.exec(subject.path)!;
      await ask(subject, (argv) => runCommand(argv, { KUBECONFIG }), `hpa:${namespace!}/checkout`);
    } finally {
      await subject.dispose();
    }
  };

  describe(`headroom release on ${name}`, { skip }, () => {
    test('--expired gives back what nobody renewed, and leaves no trace', () =>
      examine(async (subject, run, target) => {
        const before = await subject.world.whole();
        await hold(subject, PAST);
        const { exitCode, stdout } = await run(['release', '--expired', '--target', target]);
        assert.equal(exitCode, 0);
        assert.match(stdout, /^hpa \S+\/checkout: given back, floor 9 -> 2\n$/);
        assert.deepEqual(await subject.world.whole(), before);
      }));

    test('--expired leaves alone what is still held, and what is not', () =>
      examine(async (subject, run, target) => {
        const none = await run(['release', '--expired', '--target', target]);
        assert.match(none.stdout, /Headroom holds nothing there/);
        await hold(subject, FUTURE);
        const held = await subject.world.whole();
        const { exitCode, stdout } = await run(['release', '--expired', '--target', target]);
        assert.equal(exitCode, 0);
        assert.match(stdout, /left alone, it is held until 2096-/);
        assert.deepEqual(await subject.world.whole(), held);
      }));

    test('without --expired gives back whatever is held, in JSON where asked', () =>
      examine(async (subject, run, target) => {
        await hold(subject, FUTURE);
        const { stdout } = await run(['release', '--target', target, '--json']);
        const { releases } = JSON.parse(stdout) as { releases: unknown[] };
        assert.equal(releases.length, 1);
        assert.deepEqual((releases[0] as { outcome: string; from: number; to: number }).outcome, 'released');
        assert.equal((await subject.world.fields())['spec.minReplicas'], 2);
      }));

    test('one that fails keeps no other from being given back, and is told', () =>
      examine(async (subject, run, target) => {
        await hold(subject, PAST);
        const { exitCode, stdout, stderr } = await run(['release', '--target', 'hpa:shop/gone', target]);
        assert.notEqual(exitCode, 0);
        assert.match(stderr, /hpa shop\/gone does not exist/);
        assert.match(stdout, /given back/);
      }));

    test('with a token that is no longer believed tells so, without it', () =>
      examine(async (subject, run, target) => {
        subject.proxy.believe('another');
        const { exitCode, stderr } = await run(['release', '--target', target]);
        assert.equal(exitCode, 1);
        assert.match(stderr, /does not let Headroom do that: HTTP 401/);
        assert.ok(!stderr.includes(subject.secrets[0]!));
      }));
  });
}

test('by hand the requests of a workloads file go back; a watchdog leaves them', async () => {
  const subject = await requestSubject({ url: double.url, renamed: [] }, 'resize');
  try {
    const before = await subject.whole();
    const KUBECONFIG = await kubeconfigOf(subject);
    const config = join(directory, 'requests.yaml');
    const target = { kind: 'deployment', namespace: subject.namespace, name: 'checkout', container: 'app' };
    const workload = {
      name: 'checkout',
      activity: { requests: { query: 'checkout.requests' } },
      scaling: { requests: { target, apply: 'resize' } },
    };
    await writeFile(config, JSON.stringify({ sources: [{ name: 'demo', type: 'demo' }], workloads: [workload] }));
    const raise = { action: 'sized', fence: 2, set: { cpu: 0.75 }, reason: 'a test' };
    await subject.open().apply(raise, signal);
    const run = (...flags: string[]) => runCommand(['release', '--config', config, ...flags], { KUBECONFIG });
    const askedBefore = subject.proxy.asked.length;
    assert.deepEqual(
      [(await run('--expired')).stdout, subject.proxy.asked.slice(askedBefore)],
      ['', []],
      'not even looked at'
    );
    assert.match((await run()).stdout, /^requests of deployment \S+: given back, cpu 0.75 -> 0.5\n$/);
    assert.deepEqual(await subject.whole(), before);
    assert.match((await run()).stdout, /Headroom holds nothing there/);
  } finally {
    await subject.dispose();
  }
});

watchdog('the double', () => ({ url: double.url, renamed: [] }), false);
watchdog("Kubernetes' own API machinery", () => real!, missing);

describe('headroom release refuses', () => {
  for (const [what, argv, pattern] of [
    ['nothing to release', ['release'], /name what to release/],
    ['a target of no kind', ['release', '--target', 'pod:shop/checkout'], /KIND:NAMESPACE\/NAME/],
    ['a path for a name', ['release', '--target', 'hpa:shop/../../secrets'], /KIND:NAMESPACE\/NAME/],
  ] as const) {
    test(what, async () => {
      const { exitCode, stderr } = await runCommand(argv);
      assert.equal(exitCode, 2);
      assert.match(stderr, pattern);
    });
  }

  test('a place where there is no cluster', async () => {
    const { exitCode, stderr } = await runCommand(['release', '--target', 'hpa:shop/checkout']);
    assert.equal(exitCode, 1);
    assert.match(stderr, /set KUBECONFIG, or run in a pod/);
  });

  test('a kubeconfig that is none, without what it holds', async () => {
    const file = join(directory, 'broken');
    await writeFile(file, 'token: do-not-show\n: : :');
    for (const KUBECONFIG of [file, join(directory, 'missing')]) {
      const { exitCode, stderr } = await runCommand(['release', '--target', 'hpa:shop/checkout'], { KUBECONFIG });
      assert.equal(exitCode, 1);
      assert.match(stderr, /is no kubeconfig|names no cluster/);
      assert.ok(!stderr.includes('do-not-show'));
    }
  });
});
