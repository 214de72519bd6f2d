import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { TargetChange } from '../../scaling/index.ts';
import { startApiDouble } from './api/apiDouble.fixture.ts';
import type { Upstream } from './api/faultyProxy.fixture.ts';
import { kubernetesSubject, type KubernetesSubject, type SubjectKind } from './api/kubernetesSubject.fixture.ts';
import { realApiMissing, startRealApi } from './api/realApi.fixture.ts';
import { DEPLOYMENT, HPA, METRICS, STATEFUL_SET } from './api/subjectKinds.fixture.ts';

const { signal } = new AbortController();
const double = await startApiDouble();
const missing = realApiMissing();
const real = missing === false ? await startRealApi() : undefined;
after(async () => {
  await double.stop();
  await real?.stop();
});

const change = (more: Partial<TargetChange> & Pick<TargetChange, 'set'>): TargetChange => ({
  action: 'sale',
  fence: 1,
  holdUntilSeconds: 1_790_000_000,
  reason: 'a sale',
  ...more,
});

async function using(
  upstream: Upstream,
  kind: SubjectKind,
  ask: (subject: KubernetesSubject, target: Awaited<ReturnType<KubernetesSubject['open']>>) => Promise<void>
): Promise<void> {
  const subject = await kubernetesSubject(upstream, kind);
  const target = await subject.open();
  try {
    await ask(subject, target);
  } finally {
    await target.close();
    await subject.dispose();
  }
}

function owners(name: string, upstream: () => Upstream, skip: string | false): void {
  describe(`${name}: others who write`, { skip }, () => {
    for (const [manager, words] of [
      ['argocd-controller', /Argo CD \(argocd-controller\)/],
      ['kustomize-controller', /Flux/],
      ['helm', /Helm/],
    ] as const) {
      test(`${manager} owns the floor: told of until it lets go`, () =>
        using(upstream(), HPA, async (subject, target) => {
          const manifest = {
            apiVersion: HPA.apiVersion,
            kind: HPA.kind,
            metadata: { name: subject.objectName },
            spec: { minReplicas: 3 },
          };
          const apply = (spec: object) =>
            subject.cluster.ask(
              'PATCH',
              `${subject.path}?fieldManager=${manager}&force=true`,
              { ...manifest, spec },
              'application/apply-patch+yaml'
            );
          await apply({ minReplicas: 3 });
          assert.match((await target.read(signal)).conflicts.join(), words);
          assert.match((await target.preview(change({ set: { floor: 5 } }), signal)).warnings.join(), words);
          await target.apply(change({ set: { floor: 5 } }), signal);
          assert.deepEqual((await target.read(signal)).conflicts, []);
          await apply({ minReplicas: 3 });
          const reverted = await target.read(signal);
          assert.match(reverted.conflicts.join(), /the floor that Headroom set to 5 is 3/);
          assert.match(reverted.conflicts.join(), words);
          await target.apply(change({ action: 'end', set: 'original' }), signal);
          assert.deepEqual((await target.read(signal)).setting, { floor: 3, utilization: 0.7 });
        }));
    }

    test('a person with kubectl is no GitOps', () =>
      using(upstream(), HPA, async (subject, target) => {
        await subject.world.setByHand(4);
        assert.deepEqual((await target.read(signal)).conflicts, []);
      }));

    test('all metrics but the utilisation of cpu stay as they are, in their places', () =>
      using(upstream(), HPA, async (subject, target) => {
        await target.apply(change({ set: { floor: 5, utilization: 0.95 } }), signal);
        const { metrics } = (await subject.cluster.ask('GET', subject.path))['spec'] as { metrics: unknown[] };
        const expected = structuredClone(METRICS) as unknown as Array<{ resource: { target: object } }>;
        expected[2]!.resource.target = { type: 'Utilization', averageUtilization: 95 };
        assert.deepEqual(metrics, expected);
      }));

    test('a utilisation set by hand is the new original, and stays', () =>
      using(upstream(), HPA, async (subject, target) => {
        await target.apply(change({ set: { floor: 5, utilization: 0.95 } }), signal);
        const path = '/spec/metrics/2/resource/target/averageUtilization';
        await subject.cluster.ask(
          'PATCH',
          subject.path,
          [{ op: 'replace', path, value: 55 }],
          'application/json-patch+json'
        );
        const state = await target.read(signal);
        assert.equal(state.original.utilization, 0.55);
        assert.match(state.conflicts.join(), /utilisation/);
        await target.apply(change({ action: 'end', set: 'original' }), signal);
        assert.deepEqual((await target.read(signal)).setting, { floor: 2, utilization: 0.55 });
      }));

    test('damaged annotations: what is set counts as the original, the fence still holds, and giving back cleans up', () =>
      using(upstream(), HPA, async (subject, target) => {
        await target.apply(change({ fence: 7, set: { floor: 5 } }), signal);
        await subject.cluster.ask(
          'PATCH',
          subject.path,
          { metadata: { annotations: { 'headroom.dev/original-min-replicas': 'banana' } } },
          'application/merge-patch+json'
        );
        const state = await target.read(signal);
        assert.deepEqual([state.original.floor, state.isHeld], [5, true]);
        assert.match(state.conflicts.join(), /annotations of Headroom were changed by hand/);
        await assert.rejects(target.apply(change({ action: 'late', fence: 6, set: 'original' }), signal), {
          code: 'TARGET_FENCED',
        });
        await target.apply(change({ action: 'end', fence: 7, set: 'original' }), signal);
        const { metadata } = await subject.cluster.ask('GET', subject.path);
        assert.equal((metadata as { annotations?: object }).annotations, undefined);
      }));

    test('an HPA that a ScaledObject owns is refused, and named', () =>
      using(upstream(), HPA, async (subject, target) => {
        const reference = {
          apiVersion: 'keda.sh/v1alpha1',
          kind: 'ScaledObject',
          name: 'checkout',
          uid: 'u-1',
          controller: true,
        };
        await subject.cluster.ask(
          'PATCH',
          subject.path,
          { metadata: { ownerReferences: [reference] } },
          'application/merge-patch+json'
        );
        await assert.rejects(target.apply(change({ set: { floor: 5 } }), signal), {
          code: 'TARGET_OWNED',
          message: /is scaled by ScaledObject checkout/,
        });
        assert.match((await target.read(signal)).conflicts.join(), /scaled by ScaledObject checkout/);
      }));

    for (const kind of [DEPLOYMENT, STATEFUL_SET]) {
      for (const [api, plural, body] of [
        ['autoscaling/v2', 'horizontalpodautoscalers', { kind: 'HorizontalPodAutoscaler', spec: { maxReplicas: 9 } }],
        ['keda.sh/v1alpha1', 'scaledobjects', { kind: 'ScaledObject', spec: { triggers: [] } }],
      ] as const) {
        test(`a ${kind.kind} that a ${body.kind} scales is refused, and given back without its replicas`, () =>
          using(upstream(), kind, async (subject, target) => {
            await target.apply(change({ set: { floor: 5 } }), signal);
            const [, namespace] = /namespaces\/([^/]+)/.exec(subject.path)!;
            const collection = `/apis/${api}/namespaces/${namespace!}/${plural}`;
            const scaleTargetRef = { apiVersion: 'apps/v1', kind: kind.kind, name: 'checkout' };
            const other = { ...scaleTargetRef, name: 'another' };
            const create = (name: string, ref: object) =>
              subject.cluster.ask('POST', collection, {
                apiVersion: api,
                kind: body.kind,
                metadata: { name, namespace },
                spec: { ...body.spec, scaleTargetRef: ref },
              });
            await create('other', other);
            assert.equal((await target.read(signal)).isSoleOwner, true);
            await create('owner', scaleTargetRef);
            const state = await target.read(signal);
            assert.equal(state.isSoleOwner, false);
            for (const work of [target.apply.bind(target), target.preview.bind(target)]) {
              await assert.rejects(work(change({ action: 'more', set: { floor: 6 } }), signal), {
                code: 'TARGET_OWNED',
                message: new RegExp(`${body.kind} owner`),
              });
            }
            await target.apply(change({ action: 'end', set: 'original' }), signal);
            const after = await target.read(signal);
            assert.deepEqual([after.isHeld, after.setting.floor], [false, 5]);
          }));
      }
    }
  });

  test(`${name}: a status that changes all the time keeps no change from being made`, { skip }, () =>
    using(upstream(), HPA, async (subject, target) => {
      const { version } = await target.read(signal);
      for (let replicas = 3; replicas < 6; replicas++) {
        await subject.cluster.ask(
          'PATCH',
          subject.path,
          { status: { currentReplicas: replicas } },
          'application/merge-patch+json'
        );
      }
      await target.apply(change({ set: { floor: 5 }, expectedVersion: version! }), signal);
      assert.equal((await target.read(signal)).replicas, 5);
    })
  );

  test(`${name}: a namespace or name that is none asks nobody`, { skip }, async () => {
    const subject = await kubernetesSubject(upstream(), HPA);
    for (const place of [
      { namespace: '../../api/v1/secrets', name: 'x' },
      { namespace: 'shop', name: '..' },
      { namespace: 'shop', name: 'a?b' },
      { namespace: '', name: 'a' },
    ]) {
      const target = HPA.open(place, subject.client());
      await assert.rejects(target.read(signal), { code: 'TARGET_SETTINGS_INVALID' });
    }
    assert.deepEqual(subject.proxy.asked, []);
    await subject.dispose();
  });
}

owners('double', () => ({ url: double.url, renamed: [] }), false);
owners("Kubernetes' own API machinery", () => real!, missing);

const hasKubectl = (process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, 'kubectl')));

test(
  "Debian's kubectl sees what Headroom set, and Headroom sees what kubectl sets",
  { skip: missing === false ? (hasKubectl ? false : 'kubectl not installed') : missing },
  () =>
    using(real!, HPA, async (subject, target) => {
      const [, namespace] = /namespaces\/([^/]+)/.exec(subject.path)!;
      const kubectl = async (...args: readonly string[]) => {
        const common = ['--kubeconfig', real!.kubeconfig, '--namespace', namespace!];
        return (await promisify(execFile)('kubectl', [...common, ...args])).stdout.trim();
      };
      const raw = async () => {
        const path = subject.path.replace('autoscaling/v2', 'autoscaling.exam.headroom.dev/v2');
        return JSON.parse(await kubectl('get', '--raw', path)) as {
          metadata: { annotations: Record<string, string> };
          spec: { minReplicas: number };
        };
      };
      await target.apply(change({ set: { floor: 5 } }), signal);
      const seen = await raw();
      assert.equal(seen.spec.minReplicas, 5);
      assert.equal(seen.metadata.annotations['headroom.dev/original-min-replicas'], '2');
      assert.equal(seen.metadata.annotations['headroom.dev/hold-until'], '2026-09-21T14:13:20Z');
      const file = join(real!.directory, 'hand.json');
      await writeFile(file, JSON.stringify({ ...seen, spec: { ...seen.spec, minReplicas: 8 } }));
      await kubectl(
        'replace',
        '--raw',
        subject.path.replace('autoscaling/v2', 'autoscaling.exam.headroom.dev/v2'),
        '-f',
        file
      );
      const state = await target.read(signal);
      assert.deepEqual([state.setting.floor, state.original.floor], [8, 8]);
      assert.match(state.conflicts.join(), /Headroom set to 5 is 8/);
    })
);
