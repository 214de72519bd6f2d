import type { PlanFile } from '../../../../contract/plan.ts';
import type { SimulationReport } from '../../../../contract/simulation.ts';
import { bandsFromLevels, quantileOf } from '../../../charts/bandsFromLevels';
import type { Fan, FanColors, Values } from '../../../charts/fan';
import { secondsOf } from '../../../formatting/durations';
import { pairOf, reportTimesMs, type SimulatedScenario } from './outcomes';

/** What was measured before now, to begin the chart with. */
export interface Past {
  readonly times: readonly number[];
  readonly actual: Values;
}

export interface ScenarioFansQuestion {
  readonly report: SimulationReport;
  readonly resource: string;
  readonly name: string;
  readonly baselineName: string;
  readonly past: Past | null;
  /** Replicas over time, and what one of them has of the resource; null where it has no capacity. */
  readonly plan: PlanFile | null;
  readonly perReplica: number | null;
  readonly colors: { readonly baseline: Partial<FanColors>; readonly scenario: Partial<FanColors> };
}

export interface ScenarioFans {
  readonly timesMs: readonly number[];
  readonly fans: readonly Fan[];
  /** Index of the first step of the future. */
  readonly pastLength: number;
}

/** Of both, so that two fans can be told apart where they overlap. */
const BANDS = [80] as const;

/** What was measured, then the future with and without the scenario, and the capacity of a plan. */
export function scenarioFans(question: ScenarioFansQuestion): ScenarioFans {
  const { report, resource, name, baselineName, past, plan, perReplica, colors } = question;
  const pair = pairOf(report);
  const future = reportTimesMs(report);
  const before = (past?.times ?? []).filter((time) => time <= report.cutoff);
  const timesMs = [...before.map((time) => time * 1000), ...future];
  const behind = before.map(() => null);
  const ahead = (values: Values): Values => [...behind, ...values];
  const capacity =
    plan === null || perReplica === null
      ? undefined
      : countsAt(
          plan,
          timesMs.map((timeMs) => timeMs / 1000 - report.cutoff)
        ).map((count) => count * perReplica);
  const fanOf = (key: string, of: SimulatedScenario | undefined): Omit<Fan, 'name'> => {
    const quantiles = of === undefined ? undefined : resource === report.column ? of.demand : of.resources[resource];
    if (quantiles === undefined) {
      return { key, bands: [] };
    }
    const median = quantileOf(quantiles, 0.5);
    return {
      key,
      ...(median === undefined ? {} : { median: ahead(median) }),
      bands: bandsFromLevels(quantiles, BANDS).map(({ percent, lower, upper }) => ({
        percent,
        lower: ahead(lower),
        upper: ahead(upper),
      })),
    };
  };
  const actual =
    past === null || before.length === 0
      ? undefined
      : [...past.actual.slice(0, before.length), ...future.map(() => null)];
  return {
    timesMs,
    pastLength: before.length,
    fans: [
      {
        ...fanOf('baseline', pair?.baseline),
        name: baselineName,
        ...(actual === undefined ? {} : { actual }),
        colors: colors.baseline,
      },
      {
        ...fanOf('scenario', pair?.scenario),
        name,
        ...(capacity === undefined ? {} : { capacity }),
        colors: colors.scenario,
      },
    ],
  };
}

/** The highest value that any fan reaches: charts beside each other share it. */
export function highestOf(fans: readonly Fan[]): number {
  let most = 0;
  for (const { bands, actual, capacity } of fans) {
    for (const values of [...bands.map(({ upper }) => upper), actual ?? [], capacity ?? []]) {
      for (const value of values) {
        most = Math.max(most, value ?? 0);
      }
    }
  }
  return most;
}

/** What a plan holds at instants in their order, seconds from now; before now what it begins with. */
function countsAt({ replicas }: PlanFile, secondsFromNow: readonly number[]): number[] {
  const starts = replicas.map(({ at }) => secondsOf(at));
  let held = 0;
  return secondsFromNow.map((seconds) => {
    while (held < starts.length && (starts[held] ?? 0) <= Math.max(0, seconds)) {
      held++;
    }
    return replicas[held - 1]?.count ?? 0;
  });
}
