import { HeadroomError } from '../../errors/index.ts';
import type { TargetPlace } from '../../targets/index.ts';

const KINDS = ['hpa', 'deployment', 'statefulset', 'keda'] as const;

const TARGET = new RegExp(`^(?<kind>${KINDS.join('|')}):(?<namespace>[^/:]+)/(?<name>[^/:]+)$`);

/** Reads `--target`, such as `hpa:shop/checkout`; throws USAGE. */
export function parseTarget(text: string): TargetPlace {
  const { kind, namespace, name } = TARGET.exec(text)?.groups ?? {};
  const known = KINDS.find((each) => each === kind);
  if (known === undefined || namespace === undefined || name === undefined) {
    throw new HeadroomError('USAGE', {
      problem: `--target must be KIND:NAMESPACE/NAME with a kind of ${KINDS.join(', ')}, not ${text}`,
      command: 'release',
    });
  }
  return { workload: name, entry: { kind: known, namespace, name }, min: 0, max: Number.MAX_SAFE_INTEGER };
}
