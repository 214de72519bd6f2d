import { hpaKind } from '../hpaKind.ts';
import { KubernetesTarget } from '../kubernetesTarget.ts';
import type { ScaledKind } from '../scaledKind.ts';
import { deploymentKind, statefulSetKind } from '../workloadKinds.ts';
import type { SubjectKind } from './kubernetesSubject.fixture.ts';

const opened = (kind: ScaledKind): SubjectKind['open'] => {
  return (place, client) => new KubernetesTarget(kind, place, () => Promise.resolve(client));
};

/** Metrics of three kinds, in an order and with numbers that a careless client would change. */
export const METRICS = [
  {
    type: 'Pods',
    pods: { metric: { name: 'queue_length' }, target: { type: 'AverageValue', averageValue: '12500m' } },
  },
  { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
  {
    type: 'External',
    external: {
      metric: { name: 'backlog', selector: { matchLabels: { queue: 'orders' } } },
      target: { type: 'Value', value: '1e3' },
    },
  },
];

export const HPA: SubjectKind = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  field: 'minReplicas',
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' },
    minReplicas: 2,
    maxReplicas: 30,
    metrics: METRICS,
  },
  touched: (count) => ({ behavior: { scaleDown: { stabilizationWindowSeconds: 300 + count } } }),
  original: { floor: 2, utilization: 0.7 },
  ceiling: 30,
  open: opened(hpaKind),
};

/** As many are written: no minReplicas, no annotations, one metric that is no utilisation of cpu. */
export const BARE_HPA: SubjectKind = {
  ...HPA,
  spec: { scaleTargetRef: HPA.spec['scaleTargetRef'], maxReplicas: 30, metrics: [METRICS[0]] },
  original: { floor: 1 },
};

const TEMPLATE = {
  metadata: { labels: { app: 'checkout' } },
  spec: { containers: [{ name: 'checkout', image: 'registry.example/checkout:1' }] },
};

export const DEPLOYMENT: SubjectKind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  plural: 'deployments',
  field: 'replicas',
  spec: { replicas: 2, selector: { matchLabels: { app: 'checkout' } }, template: TEMPLATE },
  annotations: { 'example.org/team': 'shop' },
  touched: (count) => ({ minReadySeconds: count }),
  original: { floor: 2 },
  open: opened(deploymentKind),
};

export const STATEFUL_SET: SubjectKind = {
  ...DEPLOYMENT,
  kind: 'StatefulSet',
  plural: 'statefulsets',
  spec: { ...DEPLOYMENT.spec, serviceName: 'checkout' },
  open: opened(statefulSetKind),
};
