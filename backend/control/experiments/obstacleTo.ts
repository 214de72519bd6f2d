import type { Mode } from '../../../contract/index.ts';
import type { WorkloadConfig } from '../../config/index.ts';

export interface ObstacleDeps {
  readonly modeOf: (config: WorkloadConfig) => Mode;
  readonly isPaused: (workload: string) => boolean;
}

/** Why nothing may be tried on a workload now; undefined where a test may run. */
export function obstacleTo(
  config: WorkloadConfig,
  nowSeconds: number,
  { modeOf, isPaused }: ObstacleDeps
): string | undefined {
  const { name, scaling } = config;
  const mode = modeOf(config);
  if (mode !== 'auto' || scaling.target === undefined) {
    return `its mode is ${mode}: only in auto, with a target, does a test change anything`;
  }
  if (isPaused(name)) {
    return 'it is paused';
  }
  const freeze = scaling.freezes.find(
    ({ startSeconds, endSeconds }) => startSeconds <= nowSeconds && nowSeconds < endSeconds
  );
  return freeze === undefined ? undefined : `${freeze.name} freezes it`;
}
