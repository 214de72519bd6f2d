import type { KubernetesObject } from './kubernetesObject.ts';

/** Field managers that write their manifest again by themselves or at their next release. */
const REPEATING: ReadonlyArray<readonly [pattern: RegExp, name: string]> = [
  [/^argocd/i, 'Argo CD'],
  [/^(kustomize-controller|gotk-|flux)/i, 'Flux'],
  [/^helm/i, 'Helm'],
  [/^(configsync|config-sync|reposync)/i, 'Config Sync'],
  [/^(fleetagent|fleet-agent)/i, 'Fleet'],
  [/^kapp/i, 'kapp'],
  [/terraform/i, 'Terraform'],
  [/^pulumi/i, 'Pulumi'],
  [/^crossplane|upbound/i, 'Crossplane'],
];

/** Who of those that repeat themselves owns a field of `spec`, in words. Source: metadata.managedFields. */
export function fieldManagers({ metadata }: KubernetesObject, field: string): readonly string[] {
  const owners = (metadata.managedFields ?? [])
    .filter(({ fieldsV1 }) => {
      const spec = fieldsV1?.['f:spec'];
      return typeof spec === 'object' && spec !== null && `f:${field}` in spec;
    })
    .flatMap(({ manager = '' }) => {
      const known = REPEATING.find(([pattern]) => pattern.test(manager));
      return known === undefined ? [] : [`${known[1]} (${manager}) sets spec.${field} and may set it back`];
    });
  return [...new Set(owners)];
}
