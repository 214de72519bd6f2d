type Json = Record<string, unknown>;

const text = { type: 'string' };
const count = (minimum: number) => ({ type: 'integer', format: 'int32', minimum });
const quantity = { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true };
const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
});
const list = (items: Json, more: Json = { 'x-kubernetes-list-type': 'atomic' }): Json => ({
  type: 'array',
  items,
  ...more,
});
const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const selector = object({
  matchLabels: { type: 'object', additionalProperties: text },
  matchExpressions: list(object({ key: text, operator: text, values: list(text) }, ['key', 'operator'])),
});
const reference = object({ apiVersion: text, kind: text, name: text }, ['kind', 'name']);
const metric = object({ name: text, selector }, ['name']);
const target = object(
  {
    type: { type: 'string', enum: ['Utilization', 'Value', 'AverageValue'] },
    averageUtilization: count(1),
    averageValue: quantity,
    value: quantity,
  },
  ['type']
);
const rules = object({
  stabilizationWindowSeconds: { ...count(0), maximum: 3600 },
  selectPolicy: { type: 'string', enum: ['Max', 'Min', 'Disabled'] },
  policies: list(
    object({ type: text, value: count(1), periodSeconds: { ...count(1), maximum: 1800 } }, [
      'type',
      'value',
      'periodSeconds',
    ])
  ),
});

/** Source: autoscaling/v2 of k8s.io/api, and what Kubernetes' own validation says of it. */
const hpaSpec: Json = {
  ...object(
    {
      scaleTargetRef: reference,
      minReplicas: count(1),
      maxReplicas: count(1),
      metrics: list(
        object(
          {
            type: { type: 'string', enum: ['Object', 'Pods', 'Resource', 'ContainerResource', 'External'] },
            object: object({ describedObject: reference, metric, target }, ['describedObject', 'metric', 'target']),
            pods: object({ metric, target }, ['metric', 'target']),
            resource: object({ name: text, target }, ['name', 'target']),
            containerResource: object({ name: text, container: text, target }, ['name', 'container', 'target']),
            external: object({ metric, target }, ['metric', 'target']),
          },
          ['type']
        )
      ),
      behavior: object({ scaleUp: rules, scaleDown: rules }),
    },
    ['scaleTargetRef', 'maxReplicas']
  ),
  'x-kubernetes-validations': [
    {
      rule: '!has(self.minReplicas) || self.minReplicas <= self.maxReplicas',
      message: 'must not be below minReplicas',
    },
  ],
};

const workloadSpec = object(
  {
    replicas: { ...count(0), default: 1 },
    minReadySeconds: count(0),
    serviceName: text,
    selector,
    template: anything,
  },
  ['selector', 'template']
);

const int32 = { type: 'integer', format: 'int32' };

/** Source: keda.sh/v1alpha1, whose counts have no bounds and whose triggers' metadata are texts only. */
const scaledObjectSpec = object(
  {
    scaleTargetRef: object({ apiVersion: text, kind: text, name: text, envSourceContainerName: text }, ['name']),
    minReplicaCount: int32,
    maxReplicaCount: int32,
    idleReplicaCount: int32,
    pollingInterval: int32,
    cooldownPeriod: int32,
    initialCooldownPeriod: int32,
    advanced: object({
      horizontalPodAutoscalerConfig: object({ name: text, behavior: object({ scaleUp: rules, scaleDown: rules }) }),
      restoreToOriginalReplicaCount: { type: 'boolean' },
      scalingModifiers: object({ formula: text, target: text, activationTarget: text, metricType: text }),
    }),
    fallback: object({ failureThreshold: int32, replicas: int32, behavior: text }, ['failureThreshold', 'replicas']),
    triggers: {
      type: 'array',
      items: object(
        {
          type: text,
          name: text,
          metricType: text,
          useCachedMetrics: { type: 'boolean' },
          metadata: { type: 'object', additionalProperties: text },
          authenticationRef: object({ name: text, kind: text }, ['name']),
        },
        ['type', 'metadata']
      ),
    },
  },
  ['scaleTargetRef', 'triggers']
);

export interface ExamResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly spec: Json;
  readonly subresources?: Json;
}

const scale = { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } };

/** What the real API machinery is told to serve. A group of its own needs a dot, so Kubernetes' own two are renamed. */
export const RESOURCES: readonly ExamResource[] = [
  {
    group: 'autoscaling.exam.headroom.dev',
    version: 'v2',
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    spec: hpaSpec,
  },
  {
    group: 'apps.exam.headroom.dev',
    version: 'v1',
    kind: 'Deployment',
    plural: 'deployments',
    spec: workloadSpec,
    subresources: scale,
  },
  {
    group: 'apps.exam.headroom.dev',
    version: 'v1',
    kind: 'StatefulSet',
    plural: 'statefulsets',
    spec: workloadSpec,
    subresources: scale,
  },
  {
    group: 'core.exam.headroom.dev',
    version: 'v1',
    kind: 'Pod',
    plural: 'pods',
    spec: anything,
  },
  {
    group: 'keda.sh',
    version: 'v1alpha1',
    kind: 'ScaledObject',
    plural: 'scaledobjects',
    spec: scaledObjectSpec,
    subresources: { status: {} },
  },
];

export const RENAMED = [
  ['v1', 'core.exam.headroom.dev/v1'],
  ['autoscaling/v2', 'autoscaling.exam.headroom.dev/v2'],
  ['apps/v1', 'apps.exam.headroom.dev/v1'],
] as const;

export function crdOf({ group, version, kind, plural, spec, subresources = {} }: ExamResource): Json {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: object({ spec, status: anything }, ['spec']) },
          subresources: { ...subresources },
        },
      ],
    },
  };
}
