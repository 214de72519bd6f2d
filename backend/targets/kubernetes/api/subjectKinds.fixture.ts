import { hpaKind } from '../hpaKind.ts';
import { kedaKind } from '../kedaKind.ts';
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
  isSoleOwner: true,
  open: opened(deploymentKind),
};

export const STATEFUL_SET: SubjectKind = {
  ...DEPLOYMENT,
  kind: 'StatefulSet',
  plural: 'statefulsets',
  spec: { ...DEPLOYMENT.spec, serviceName: 'checkout' },
  open: opened(statefulSetKind),
};

/** Triggers whose numbers are texts, the cpu's neither first nor alone. */
export const TRIGGERS = [
  {
    type: 'prometheus',
    name: 'ahead',
    metadata: { serverAddress: 'http://headroom.monitoring:8370/prometheus', query: 'vector(1)', threshold: '1' },
    authenticationRef: { name: 'headroom-read' },
  },
  { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
  { type: 'cpu', metricType: 'Utilization', metadata: { value: '70', containerName: 'checkout' } },
];

export const SCALED_OBJECT: SubjectKind = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  plural: 'scaledobjects',
  field: 'minReplicaCount',
  spec: {
    scaleTargetRef: { name: 'checkout' },
    minReplicaCount: 2,
    maxReplicaCount: 30,
    fallback: { failureThreshold: 3, replicas: 6, behavior: 'currentReplicasIfHigher' },
    triggers: TRIGGERS,
  },
  annotations: { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' },
  touched: (count) => ({ cooldownPeriod: 300 + count }),
  original: { floor: 2, utilization: 0.7 },
  ceiling: 30,
  open: opened(kedaKind),
};

/** What scales to zero: neither bound, no annotations, no trigger with an utilisation. */
export const BARE_SCALED_OBJECT: SubjectKind = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  plural: 'scaledobjects',
  field: 'minReplicaCount',
  spec: { scaleTargetRef: { name: 'checkout' }, triggers: [TRIGGERS[0]] },
  touched: SCALED_OBJECT.touched,
  original: { floor: 0 },
  ceiling: 100,
  open: opened(kedaKind),
};
