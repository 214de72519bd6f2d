import type { WorkloadEntry } from '../../contract/index.ts';
import { parseDurationSeconds } from '../timeseries/index.ts';
import { compileRequests } from './compileRequests.ts';
import type { WorkloadConfig } from './config.ts';
import { DEFAULTS, LIMITS } from './defaults.ts';
import type { FaultPath } from './fault.ts';

type Entry = NonNullable<WorkloadEntry['scaling']>;

export interface CompileScalingDeps {
  /** A duration longer than nothing. */
  readonly seconds: (text: string | undefined, path: FaultPath, fallback: number) => number;
  readonly fault: (path: FaultPath, problem: string) => unknown;
  readonly notes: string[];
}

/** What a workload may be scaled to, how fast, and by whom; faults and notes are told. */
export function compileScaling(
  { scaling = {}, cost }: WorkloadEntry,
  { seconds, fault, notes }: CompileScalingDeps
): WorkloadConfig['scaling'] {
  const { mode, modeLocked, min, max, leadTime, drainTime, limits, risk, tiers, target, budget } = scaling;
  if (target === undefined && scaling.requests === undefined && (mode === 'approve' || mode === 'auto')) {
    notes.push(`scaling.mode: ${mode} has no effect without a scaling.target: there is nothing to act on`);
  }
  const lowest = min ?? DEFAULTS.scaling.min;
  const highest = max ?? Math.max(DEFAULTS.scaling.max, lowest);
  if (lowest > highest) {
    fault(['scaling', 'max'], `must be at least min, which is ${lowest}`);
  }
  if (highest > LIMITS.maxReplicas) {
    fault(['scaling', lowest > LIMITS.maxReplicas ? 'min' : 'max'], `must be at most ${LIMITS.maxReplicas}`);
  }
  if (risk !== undefined && risk < LIMITS.minRisk) {
    fault(['scaling', 'risk'], `must be at least ${LIMITS.minRisk}`);
  }
  const quantiles = { ...DEFAULTS.scaling.tiers, ...defined(tiers ?? {}) };
  if (quantiles.committed > quantiles.burst) {
    fault(['scaling', 'tiers'], 'must have committed at or below burst');
  }
  if (budget !== undefined && cost?.replicaHour === undefined) {
    fault(['scaling', 'budget'], 'needs cost.replicaHour: without a price nothing has a cost');
  }
  return {
    mode: mode ?? DEFAULTS.scaling.mode,
    isModeLocked: modeLocked ?? DEFAULTS.scaling.isModeLocked,
    min: lowest,
    max: highest,
    leadTimeSeconds: seconds(leadTime, ['scaling', 'leadTime'], DEFAULTS.scaling.leadTimeSeconds),
    drainSeconds: seconds(drainTime, ['scaling', 'drainTime'], DEFAULTS.scaling.drainSeconds),
    ...(limits === undefined ? {} : { limits }),
    risk: risk ?? DEFAULTS.scaling.risk,
    tiers: quantiles,
    ...(target === undefined ? {} : { target }),
    ...(scaling.requests === undefined ? {} : { requests: compileRequests(scaling.requests, fault) }),
    ...guardrails(scaling, seconds, fault),
  };
}

function guardrails(
  { tuneTarget, relaxedUtilization, cooldown, stabilization, worth, freeze, budget, ...times }: Entry,
  seconds: CompileScalingDeps['seconds'],
  fault: CompileScalingDeps['fault']
) {
  const { scaling } = DEFAULTS;
  const orNothing = (text: string | undefined, fallback: number) =>
    text === undefined ? fallback : (parseDurationSeconds(text) ?? fallback);
  for (const [index, { start, end }] of (freeze ?? []).entries()) {
    if (Date.parse(end) <= Date.parse(start)) {
      fault(['scaling', 'freeze', index, 'end'], 'must be after start');
    }
  }
  if (relaxedUtilization !== undefined && tuneTarget !== true) {
    fault(['scaling', 'relaxedUtilization'], 'needs tuneTarget: true');
  }
  return {
    ...(tuneTarget === true ? { relaxedUtilization: relaxedUtilization ?? DEFAULTS.relaxedUtilization } : {}),
    cooldown: {
      outSeconds: orNothing(cooldown?.out, scaling.cooldown.outSeconds),
      inSeconds: orNothing(cooldown?.in, scaling.cooldown.inSeconds),
    },
    stabilizationSeconds: orNothing(stabilization, scaling.stabilizationSeconds),
    worth: worth ?? scaling.worth,
    freezes: (freeze ?? []).map(({ name, start, end, direction }) => ({
      name,
      startSeconds: Date.parse(start) / 1000,
      endSeconds: Date.parse(end) / 1000,
      direction: direction ?? ('both' as const),
    })),
    ...(budget === undefined ? {} : { budgetCostHourly: budget.costHourly }),
    handBackSeconds: seconds(times.handBack, ['scaling', 'handBack'], scaling.handBackSeconds),
    minHistorySeconds: orNothing(times.minHistory, scaling.minHistorySeconds),
    watchSeconds: seconds(times.watch, ['scaling', 'watch'], scaling.watchSeconds),
  };
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
