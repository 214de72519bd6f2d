import type { ScaleTarget } from '../scaling/index.ts';
import { autoScalingAbility, autoScalingName } from './aws/autoScalingIdentity.ts';
import { DryRunTarget } from './dryRun/dryRunTarget.ts';
import { GitopsTarget } from './gitops/gitopsTarget.ts';
import { hpaKind } from './kubernetes/hpaKind.ts';
import { kedaKind } from './kubernetes/kedaKind.ts';
import { openKubernetesTarget } from './kubernetes/openKubernetesTarget.ts';
import { deploymentKind, statefulSetKind } from './kubernetes/workloadKinds.ts';
import { lazyTarget } from './lazyTarget.ts';
import { NomadTarget } from './nomad/nomadTarget.ts';
import type { TargetDeps } from './targetDeps.ts';
import type { TargetPlace } from './targetPlace.ts';
import { WebhookTarget } from './webhook/webhookTarget.ts';

/** The target that a workload declares (`targetPlace`); it connects, and reads secrets and files, when first asked. */
export function createTarget(place: TargetPlace, deps: TargetDeps): ScaleTarget {
  const { entry } = place;
  switch (entry.kind) {
    case 'hpa':
      return openKubernetesTarget(hpaKind, entry, deps);
    case 'deployment':
      return openKubernetesTarget(deploymentKind, entry, deps);
    case 'statefulset':
      return openKubernetesTarget(statefulSetKind, entry, deps);
    case 'keda':
      return openKubernetesTarget(kedaKind, entry, deps);
    case 'webhook':
      return new WebhookTarget({ ...place, entry }, deps);
    case 'gitops':
      return new GitopsTarget({ ...place, entry }, deps);
    case 'nomad':
      return new NomadTarget({ ...place, entry }, deps);
    case 'aws-asg':
      return lazyTarget(
        { kind: entry.kind, name: autoScalingName(entry), ability: autoScalingAbility },
        async () => new (await import('./aws/autoScalingTarget.ts')).AutoScalingTarget({ ...place, entry }, deps)
      );
    case 'dry-run':
      return new DryRunTarget({ ...place, entry }, deps);
  }
}
