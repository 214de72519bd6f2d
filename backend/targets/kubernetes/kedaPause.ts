import type { TargetState } from '../../scaling/index.ts';

const PREFIX = 'autoscaling.keda.sh/';

/** What Go's ParseBool takes for false; KEDA takes what is no boolean for a pause, and so do we. */
const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'false', 'False', 'FALSE']);

/**
 * The directions that a ScaledObject's annotations pause; `undefined` where none does.
 *
 * `paused-replicas` pauses whatever it says. Source: KEDA, "Pausing autoscaling".
 */
export function kedaPause(annotations: Readonly<Record<string, string>>): TargetState['paused'] {
  const isOn = (name: string) => {
    const value = annotations[`${PREFIX}${name}`];
    return value !== undefined && !FALSE.has(value);
  };
  const isPinned = annotations[`${PREFIX}paused-replicas`] !== undefined;
  const isWhole = isOn('paused') || isPinned;
  const paused = { out: isWhole || isOn('paused-scale-out'), in: isWhole || isOn('paused-scale-in') };
  if (!paused.out && !paused.in) {
    return undefined;
  }
  const names = [
    ...(isOn('paused') ? ['paused'] : []),
    ...(isPinned ? ['paused-replicas'] : []),
    ...(isOn('paused-scale-out') ? ['paused-scale-out'] : []),
    ...(isOn('paused-scale-in') ? ['paused-scale-in'] : []),
  ];
  return { ...paused, reason: `its owner set ${names.map((name) => PREFIX + name).join(' and ')}` };
}
