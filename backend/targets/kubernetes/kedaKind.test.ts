import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import type { TargetChange } from '../../scaling/index.ts';
import { startApiDouble } from './api/apiDouble.fixture.ts';
import { kubernetesSubject } from './api/kubernetesSubject.fixture.ts';
import { SCALED_OBJECT, TRIGGERS } from './api/subjectKinds.fixture.ts';
import { hpaKind } from './hpaKind.ts';
import { kedaKind } from './kedaKind.ts';
import { kedaPause } from './kedaPause.ts';
import type { KubernetesObject } from './kubernetesObject.ts';

const never = new AbortController().signal;
const KEDA = 'autoscaling.keda.sh/';

const double = await startApiDouble();
after(() => double.stop());

function subjectOf(more: Partial<typeof SCALED_OBJECT>) {
  return kubernetesSubject({ url: double.url, renamed: [] }, { ...SCALED_OBJECT, ...more });
}

function described(spec: Readonly<Record<string, unknown>>, metadata: Partial<KubernetesObject['metadata']> = {}) {
  return kedaKind.describe('keda shop/checkout', {
    metadata: { name: 'checkout', resourceVersion: '1', ...metadata },
    spec: { scaleTargetRef: { name: 'checkout' }, triggers: TRIGGERS, ...spec },
  });
}

function changeOf(more: Partial<TargetChange> & Pick<TargetChange, 'action' | 'set'>): TargetChange {
  return { fence: 1, holdUntilSeconds: 2e9, reason: 'a test asks for it', ...more };
}

describe('kedaPause', () => {
  for (const [annotations, expected] of [
    [{}, undefined],
    [{ paused: 'true' }, [true, true]],
    [{ paused: 'false' }, undefined],
    [{ paused: '0' }, undefined],
    [{ paused: 'yes please' }, [true, true]],
    [{ paused: '' }, [true, true]],
    [{ 'paused-replicas': '0' }, [true, true]],
    [{ 'paused-replicas': 'false' }, [true, true]],
    [{ paused: 'false', 'paused-replicas': '4' }, [true, true]],
    [{ 'paused-scale-in': 'true' }, [false, true]],
    [{ 'paused-scale-out': 'T' }, [true, false]],
    [{ 'paused-scale-out': 'F', 'paused-scale-in': 'False' }, undefined],
    [{ 'paused-scale-out': 'true', 'paused-scale-in': 'true' }, [true, true]],
  ] as const) {
    test(`of ${JSON.stringify(annotations)}`, () => {
      const paused = kedaPause(Object.fromEntries(Object.entries(annotations).map(([name, at]) => [KEDA + name, at])));
      assert.deepEqual(paused && [paused.out, paused.in], expected);
    });
  }

  test('names every annotation that pauses, and no other', () => {
    const annotations = { paused: 'false', 'paused-scale-in': 'true', 'paused-replicas': '3' };
    const { reason } = kedaPause(
      Object.fromEntries(Object.entries(annotations).map(([name, at]) => [KEDA + name, at]))
    )!;
    assert.equal(reason, 'its owner set autoscaling.keda.sh/paused-replicas and autoscaling.keda.sh/paused-scale-in');
  });

  test('is nothing of annotations that are not its own', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((name) => !name.startsWith(KEDA)),
          fc.string()
        ),
        (annotations) => {
          assert.equal(kedaPause(annotations), undefined);
        }
      )
    );
  });
});

describe('kedaKind', () => {
  test("takes KEDA's defaults for what is missing: from 0 to 100", () => {
    assert.equal(described({}).ceiling, 100);
    assert.equal(described({ maxReplicaCount: null }).ceiling, 100);
    assert.equal(described({ maxReplicaCount: 7 }).ceiling, 7);
    assert.equal(kedaKind.floor.byDefault, 0);
  });

  for (const [title, triggers, expected] of [
    ['of cpu before that of memory', TRIGGERS, ['/spec/triggers/2/metadata/value', 70]],
    ['of memory where there is none of cpu', TRIGGERS.slice(0, 2), ['/spec/triggers/1/metadata/value', 80]],
    [
      'whose type stands in the metadata, as KEDA 2.0 had it',
      [{ type: 'cpu', metadata: { type: 'Utilization', value: '55' } }],
      ['/spec/triggers/0/metadata/value', 55],
    ],
    ['never of an average value', [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: '70' } }], undefined],
    ['never without a type', [{ type: 'cpu', metadata: { value: '70' } }], undefined],
    ['never of another trigger', [{ type: 'kafka', metricType: 'Utilization', metadata: { value: '70' } }], undefined],
    ['never without a value', [{ type: 'cpu', metricType: 'Utilization', metadata: {} }], undefined],
    ...['+70', '070', '70 ', '70.5', '0', '-1', 'x', '', '1e2', '999999'].map(
      (value) =>
        [
          `never of ${JSON.stringify(value)}, which could not be given back as it was`,
          [{ type: 'cpu', metricType: 'Utilization', metadata: { value } }],
          undefined,
        ] as const
    ),
  ] as const) {
    test(`knows an utilisation ${title}`, () => {
      const { utilization } = described({ triggers });
      assert.deepEqual(utilization && [utilization.pointer, utilization.percent], expected);
    });
  }

  test('tells of an idle count, which no floor holds', () => {
    assert.match(described({ idleReplicaCount: 0 }).conflicts?.[0] ?? '', /^spec\.idleReplicaCount has KEDA go to 0/);
    assert.equal(described({ idleReplicaCount: null }).conflicts, undefined);
  });

  test('leaves a ScaledObject alone that something else writes', () => {
    const ownerReferences = [{ kind: 'HTTPScaledObject', name: 'checkout', controller: true }];
    assert.equal(described({}, { ownerReferences }).owner, 'HTTPScaledObject checkout');
    assert.equal(described({}, { ownerReferences: [{ kind: 'Application', name: 'shop' }] }).owner, undefined);
  });

  test('leaves the HPA that KEDA made to KEDA', () => {
    const { owner } = hpaKind.describe('hpa shop/keda-hpa-checkout', {
      metadata: {
        name: 'keda-hpa-checkout',
        resourceVersion: '1',
        ownerReferences: [{ kind: 'ScaledObject', name: 'checkout', controller: true }],
      },
      spec: { maxReplicas: 30 },
    });
    assert.equal(owner, 'ScaledObject checkout');
  });

  for (const spec of [
    { triggers: undefined },
    { triggers: 'none' },
    { triggers: [{ type: 'cpu' }] },
    { triggers: [{ type: 'cpu', metadata: { value: 70 } }] },
    { maxReplicaCount: 'many' },
    { maxReplicaCount: -1 },
    { idleReplicaCount: 0.5 },
    { scaleTargetRef: 'checkout' },
  ]) {
    test(`is none with ${JSON.stringify(spec)}`, () => {
      assert.throws(() => described(spec), { code: 'TARGET_FAILED' });
    });
  }
});

describe('a ScaledObject as a target', () => {
  test('tells of a pause, and that it came changes the version', async () => {
    const subject = await subjectOf({ annotations: {} });
    const target = await subject.open();
    const { version, paused } = await target.read(never);
    assert.equal(paused, undefined);
    await subject.cluster.ask(
      'PATCH',
      subject.path,
      { metadata: { annotations: { [`${KEDA}paused-scale-out`]: 'true' } } },
      'application/merge-patch+json'
    );
    const state = await target.read(never);
    assert.deepEqual([state.paused?.out, state.paused?.in], [true, false]);
    await assert.rejects(
      target.apply(changeOf({ action: 'late', set: { floor: 5 }, expectedVersion: version! }), never),
      { code: 'TARGET_CONFLICT' }
    );
    await target.close();
    await subject.dispose();
  });

  test("is given back with its owner's pause in place", async () => {
    const subject = await subjectOf({ annotations: { [`${KEDA}paused`]: 'true' } });
    const target = await subject.open();
    const before = await subject.world.whole();
    await target.apply(changeOf({ action: 'a', set: { floor: 5, utilization: 0.85 } }), never);
    const held = (await subject.cluster.ask('GET', subject.path))['spec'] as { triggers: typeof TRIGGERS };
    assert.deepEqual(
      held.triggers.map(({ metadata }) => metadata.value),
      [undefined, '80', '85']
    );
    await target.apply(changeOf({ action: 'b', set: 'original' }), never);
    assert.deepEqual(await subject.world.whole(), before);
    await target.close();
    await subject.dispose();
  });

  test('asks nothing but the ScaledObject: never the HPA that KEDA made of it, nor the Deployment', async () => {
    const subject = await subjectOf({});
    const target = await subject.open();
    await target.preview(changeOf({ action: 'a', set: { floor: 5 } }), never);
    await target.apply(changeOf({ action: 'a', set: { floor: 5 } }), never);
    assert.deepEqual(
      subject.proxy.asked.filter((asked) => !asked.split(' ')[1]!.startsWith(subject.path)),
      []
    );
    await target.close();
    await subject.dispose();
  });

  test('is refused above the most that KEDA takes where the bound is missing', async () => {
    const subject = await subjectOf({ spec: { scaleTargetRef: { name: 'checkout' }, triggers: TRIGGERS } });
    const target = await subject.open();
    await assert.rejects(target.apply(changeOf({ action: 'a', set: { floor: 101 } }), never), {
      code: 'TARGET_REFUSED',
    });
    await target.close();
    await subject.dispose();
  });

  test('tells of Argo CD that sets the same count', async () => {
    const subject = await subjectOf({});
    await subject.cluster.ask(
      'PATCH',
      `${subject.path}?fieldManager=argocd-controller`,
      { spec: { minReplicaCount: 3 } },
      'application/merge-patch+json'
    );
    const target = await subject.open();
    const { conflicts } = await target.read(never);
    assert.deepEqual(conflicts, ['Argo CD (argocd-controller) sets spec.minReplicaCount and may set it back']);
    await target.close();
    await subject.dispose();
  });
});
