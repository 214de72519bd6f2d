import { DEFAULTS } from '../../../backend/config/index.ts';

const { cooldown, stabilizationSeconds, worth, minHistorySeconds } = DEFAULTS.scaling;
const seconds = (count: number): string => `${String(count)}s`;

/** What a replay has of the guardrails: nothing. */
export const NO_GUARDRAILS = {
  minHistory: '0s',
  cooldown: { out: '0s', in: '0s' },
  stabilization: '0s',
  worth: 0,
};

/** Each guardrail as it is where the workloads file is silent, by itself, and all of them. */
export const GUARDRAILS: Readonly<Record<string, object>> = {
  none: {},
  minHistory: { minHistory: seconds(minHistorySeconds) },
  cooldown: { cooldown: { out: seconds(cooldown.outSeconds), in: seconds(cooldown.inSeconds) } },
  stabilization: { stabilization: seconds(stabilizationSeconds) },
  worth: { worth },
  utilization: { relaxedUtilization: DEFAULTS.relaxedUtilization },
};

/** All of them at once, as they are where the workloads file is silent. */
export const DEFAULT_GUARDRAILS: object = Object.values(GUARDRAILS).reduce((all, each) => ({ ...all, ...each }));
