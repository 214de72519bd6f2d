import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { requestTargetExam } from '../../../exams/requestTarget.ts';
import { startApiDouble } from '../api/apiDouble.fixture.ts';
import { realApiMissing, startRealApi } from '../api/realApi.fixture.ts';
import { requestSubject, SIZED, type PodSubject } from '../api/requestSubject.fixture.ts';
import { HPA } from '../api/subjectKinds.fixture.ts';
import type { RequestWay } from './readRequests.ts';

const double = await startApiDouble();
const missing = realApiMissing();
const real = missing === false ? await startRealApi() : undefined;
after(async () => {
  await double.stop();
  await real?.stop();
});
const upstream = { url: double.url, renamed: [] };
const never = new AbortController().signal;

for (const apply of ['resize', 'rollout'] as const) {
  for (const kind of ['deployment', 'statefulset'] as const) {
    requestTargetExam(`${apply} of a ${kind} (double)`, () => requestSubject(upstream, apply, kind));
  }
  requestTargetExam(
    `${apply} of a deployment (Kubernetes' own API machinery)`,
    () => requestSubject(real!, apply),
    missing
  );
}

describe('requests in Kubernetes', () => {
  const withSubject = async (apply: RequestWay, ask: (subject: PodSubject) => Promise<void>) => {
    const subject = await requestSubject(upstream, apply);
    try {
      await ask(subject);
    } finally {
      await subject.dispose();
    }
  };
  const raise = { action: 'a', fence: 1, set: { cpu: 0.75 }, reason: 'a test' };

  test("recommend has no way, and says so; a cluster that offers no resize too; neither touches the owner's", () =>
    withSubject('recommend', async (subject) => {
      const target = subject.open();
      assert.equal((await target.read(never)).way.kind, 'none');
      await assert.rejects(target.apply(raise, never), /apply says recommend/);
      assert.equal(subject.writes(), 0);
    }));

  test('a stranger with the same label keeps its own', () =>
    withSubject('resize', async (subject) => {
      await subject.open().apply(raise, never);
      const pods = subject.proxy.asked.filter((each) => each.startsWith('PATCH') && each.includes('/pods/'));
      assert.equal(pods.length, 3);
      assert.ok(pods.every((each) => !each.includes('stranger')));
      const template = await subject.whole();
      assert.match(JSON.stringify(template), /"template".*"cpu":"500m"/, 'the template is its owner’s');
    }));

  test('what an HPA divides by is left alone: raising it would take replicas away', () =>
    withSubject('resize', async (subject) => {
      await subject.cluster.ask(
        'POST',
        `/apis/autoscaling/v2/namespaces/${subject.namespace}/horizontalpodautoscalers`,
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'checkout', namespace: subject.namespace },
          spec: HPA.spec,
        }
      );
      const target = subject.open();
      assert.deepEqual(Object.keys((await target.read(never)).left).sort(), ['cpu', 'memory']);
      await assert.rejects(target.apply(raise, never), /left alone: HorizontalPodAutoscaler checkout/);
    }));

  test('a resize that would restart the container, or leave Guaranteed, is not made', () =>
    withSubject('resize', async (subject) => {
      const target = subject.open();
      const restarting = { ...SIZED, resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] };
      await subject.patchObject({ spec: { template: { spec: { containers: [restarting] } } } });
      await assert.rejects(target.apply(raise, never), /restarts the container/);
      await subject.patchObject({ spec: { template: { spec: { containers: [SIZED] } } } });
      await subject.patchPods({ status: { qosClass: 'Guaranteed' } });
      await assert.rejects(target.apply(raise, never), /Guaranteed/);
      assert.equal(subject.writes(), 0);
    }));

  test('a node without room is told of', () =>
    withSubject('resize', async (subject) => {
      const target = subject.open();
      await target.apply(raise, never);
      const conditions = [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible', message: 'no room' }];
      await subject.patchPods({ status: { conditions } });
      assert.match((await target.read(never)).replicas.refused.join(), /-1: Infeasible/);
    }));

  test('marks that were changed by hand are no marks; a container must be named where there are several', () =>
    withSubject('rollout', async (subject) => {
      const target = subject.open();
      await target.apply(raise, never);
      await subject.patchObject({ metadata: { annotations: { 'headroom.dev/requests-set': 'cpu=lots' } } });
      assert.match((await target.read(never)).conflicts.join(), /changed by hand/);
      await subject.patchObject({ spec: { template: { spec: { containers: [{ name: 'other', image: 'x' }] } } } });
      await assert.rejects(target.read(never), { code: 'TARGET_SETTINGS_INVALID' });
    }));
});
