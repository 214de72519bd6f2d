import type { WorkloadEntry } from '../../contract/index.ts';
import type { NearConfig, PlanningConfig } from './config.ts';
import { DEFAULTS, LIMITS } from './defaults.ts';
import type { FaultPath } from './fault.ts';

const DAY_SECONDS = 86_400;

/** What the ranges beside the day ahead are compiled with. */
export interface RangeInput {
  readonly entry: NonNullable<WorkloadEntry['forecast']>;
  /** `forecast.step`. */
  readonly stepSeconds: number;
  readonly leadTimeSeconds: number;
  /** A duration in seconds; a fault is told where it is none, and the fallback stands in. */
  readonly seconds: (text: string | undefined, path: FaultPath, fallback: number) => number;
  readonly fault: (path: FaultPath, problem: string) => void;
}

/** The near and planning ranges that a workload asks for; none where it names none. */
export function compileRanges(input: RangeInput): {
  readonly near?: NearConfig;
  readonly planning?: PlanningConfig;
} {
  const { nearStep, planning } = input.entry;
  return {
    ...(nearStep === undefined ? {} : { near: compileNear(nearStep, input) }),
    ...(planning === undefined ? {} : { planning: compilePlanning(planning, input) }),
  };
}

function compileNear(nearStep: string, { stepSeconds: dayStep, leadTimeSeconds, seconds, fault }: RangeInput) {
  const path = ['forecast', 'nearStep'];
  const { near } = DEFAULTS;
  const asked = seconds(nearStep, path, near.intervalSeconds);
  if (asked < LIMITS.minStepSeconds || asked % 1 !== 0 || asked > dayStep) {
    fault(path, `must be whole seconds, at least ${LIMITS.minStepSeconds}s and at most forecast.step`);
  }
  const stepSeconds = Math.max(LIMITS.minStepSeconds, asked);
  const wholeSteps = (length: number) => Math.ceil(length / stepSeconds) * stepSeconds;
  const horizonSeconds = wholeSteps(Math.max(near.leastHorizonSeconds, near.leadTimes * leadTimeSeconds));
  if (horizonSeconds / stepSeconds > LIMITS.maxHorizonSteps) {
    const problem = `is too short for a leadTime so long: the near range would have more than ${LIMITS.maxHorizonSteps} steps`;
    fault(path, problem);
  }
  return {
    stepSeconds,
    horizonSeconds,
    historySeconds: Math.min(near.historySeconds, LIMITS.maxNearHistorySteps * stepSeconds),
    intervalSeconds: wholeSteps(near.intervalSeconds),
  };
}

function compilePlanning(
  { step, horizon }: { readonly step?: string | undefined; readonly horizon?: string | undefined },
  { stepSeconds: dayStep, seconds, fault }: RangeInput
): PlanningConfig {
  const { planning } = DEFAULTS;
  const stepSeconds = seconds(step, ['forecast', 'planning', 'step'], planning.stepSeconds);
  const horizonSeconds = seconds(horizon, ['forecast', 'planning', 'horizon'], planning.horizonSeconds);
  if (stepSeconds % DAY_SECONDS !== 0) {
    fault(['forecast', 'planning', 'step'], 'must be a whole number of days');
  } else if (stepSeconds % dayStep !== 0) {
    fault(['forecast', 'planning', 'step'], 'must be a whole number of forecast.step');
  }
  if (horizonSeconds % stepSeconds !== 0 || horizonSeconds / stepSeconds > LIMITS.maxPlanningSteps) {
    const problem = `must be a whole number of planning.step, at most ${LIMITS.maxPlanningSteps}`;
    fault(['forecast', 'planning', 'horizon'], problem);
  }
  return { stepSeconds, horizonSeconds, sampleSeconds: sampleSeconds(dayStep, stepSeconds) };
}

/** The least multiple of `forecast.step` that divides the planning step and is no shorter than a sample should be. */
function sampleSeconds(dayStep: number, planningStep: number): number {
  let sample = dayStep;
  while (sample < planningStep && (sample < DEFAULTS.planning.leastSampleSeconds || planningStep % sample !== 0)) {
    sample += dayStep;
  }
  return Math.min(sample, planningStep);
}
