import { REPLAY_POLICIES, type ReplayPolicyName } from '../../replay/index.ts';
import { OptionValues } from '../forecasting/optionValues.ts';

/** What commander hands over. */
export interface RawReplayOptions {
  readonly trace: string;
  readonly column?: string;
  readonly replicas?: string;
  readonly service: string;
  readonly policy: string;
  readonly sweep?: boolean;
  readonly warmup: string;
  readonly seed: string;
  readonly decisions?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface ReplayOptions {
  readonly trace: string;
  readonly column: string | undefined;
  readonly replicas: string | undefined;
  readonly service: string;
  readonly policies: readonly ReplayPolicyName[];
  readonly isSweep: boolean;
  readonly warmupSeconds: number;
  readonly seed: number;
  readonly decisions: string | undefined;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}

/** Checks the options of `headroom replay`; throws USAGE with the one that is wrong. */
export function replayOptions(raw: RawReplayOptions): ReplayOptions {
  const values = new OptionValues('replay');
  const policies = values.names('--policy', raw.policy).map((name) => policyNamed(name, values));
  if (raw.replicas !== undefined && !policies.includes('cloned')) {
    values.fail('--replicas is what cloned imitates, and --policy does not name cloned');
  }
  return {
    trace: raw.trace,
    column: raw.column,
    replicas: raw.replicas,
    service: raw.service,
    policies,
    isSweep: raw.sweep === true,
    warmupSeconds: values.duration('--warmup', raw.warmup),
    seed: values.whole('--seed', raw.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    decisions: raw.decisions,
    isJson: raw.json === true,
    isQuiet: raw.quiet === true,
  };
}

function policyNamed(name: string, values: OptionValues): ReplayPolicyName {
  const policy = REPLAY_POLICIES.find((each) => each === name);
  return policy ?? values.fail(`--policy knows ${REPLAY_POLICIES.join(', ')}, not ${name}`);
}
