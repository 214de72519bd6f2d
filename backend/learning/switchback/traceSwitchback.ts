import type { ExperimentOutcome } from '../../../contract/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { replaySwitched, type ArmSetting, type PolicyRun, type ReplayService } from '../../replay/index.ts';
import { gridEnd, timeAt, type Series } from '../../timeseries/index.ts';
import { judgeSwitchback, type SwitchbackJudgement, type WindowOutcomes } from './judgeSwitchback.ts';
import { pastWindows } from './pastWindows.ts';
import { planSwitchback, type SwitchbackPower } from './planSwitchback.ts';
import { designSwitchback, type Arm, type SwitchbackDesign } from './switchbackDesign.ts';
import type { SwitchbackShape } from './switchbackShape.ts';
import { windowAt } from './windowAt.ts';
import { meanBetween, windowOutcomes } from './windowOutcomes.ts';

const MINUTES_AN_HOUR = 60;

export interface TraceSwitchbackInput {
  readonly trace: Series;
  /** The rows before are learnt from, not played. */
  readonly firstRow: number;
  /** What is played with `a` alone before the test begins, and planned by. */
  readonly beforeSeconds: number;
  readonly service: ReplayService;
  readonly arms: Readonly<Record<Arm, ArmSetting>>;
  readonly outcome: ExperimentOutcome;
  readonly shape: SwitchbackShape;
  readonly seed: number;
}

export interface TraceSwitchback {
  readonly design: SwitchbackDesign;
  /** What the time before told of the test's length, of half and of twice of it; undefined where it was too short. */
  readonly power: SwitchbackPower | undefined;
  readonly outcomes: WindowOutcomes;
  readonly judgement: SwitchbackJudgement;
  /** Had each run alone over all windows of the test: what no test sees, and this one should have found. */
  readonly alone: Readonly<Record<Arm, number>>;
}

/**
 * A switchback test in virtual time: each window of a trace is served by the arm that its coin chose, and judged as a
 * live one is, with looks, bounds and an early end. Yields the share that is done.
 *
 * Throws EXPERIMENT_INVALID where the trace is too short for it.
 */
export function* traceSwitchback(input: TraceSwitchbackInput): Generator<number, TraceSwitchback> {
  const { trace, firstRow, beforeSeconds, service, arms, outcome, shape, seed } = input;
  const { windowSeconds, blockCount, periodSeconds } = shape;
  const earliest = timeAt(trace.grid, firstRow) + beforeSeconds;
  const startSeconds = Math.ceil(earliest / windowSeconds) * windowSeconds;
  const design = designSwitchback({ ...shape, startSeconds, seed });
  const endSeconds = gridEnd(trace.grid) + trace.grid.stepSeconds;
  if (design.endSeconds > endSeconds) {
    const days = Math.floor((endSeconds - startSeconds) / (2 * periodSeconds)) * ((2 * periodSeconds) / 86_400);
    throw new HeadroomError('EXPERIMENT_INVALID', {
      problem: `days: after what comes before the test the trace has room for ${String(Math.max(0, days))} days, not ${String((blockCount * 2 * periodSeconds) / 86_400)}`,
    });
  }
  const armAt = (nowSeconds: number): Arm => windowAt(design, nowSeconds)?.arm ?? 'a';
  const runs = yield* replaySwitched({ trace, firstRow, service, arms, armAt });
  const seriesOf = (run: PolicyRun): Series => runOutcome(run, trace, firstRow, service, outcome);
  const measured = seriesOf(runs.switched);
  const past = pastWindows(measured, shape, startSeconds);
  const counts = [...new Set([Math.ceil(blockCount / 2), blockCount, 2 * blockCount])];
  const outcomes = windowOutcomes(design, measured);
  const whole = (arm: Arm): number => meanBetween(seriesOf(runs.alone[arm]), startSeconds, design.endSeconds);
  return {
    design,
    power: planSwitchback(past, design.windowsAPeriod, counts, seed),
    outcomes,
    judgement: judgeSwitchback(design, outcomes, design.endSeconds),
    alone: { a: whole('a'), b: whole('b') },
  };
}

/** What a run's rows cost an hour, held, or violated, as a live test measures it; NaN where demand is missing. */
function runOutcome(
  { readyAtRow }: PolicyRun,
  { grid, values }: Series,
  firstRow: number,
  { perReplica, replicaHour = Number.NaN, violationMinute = 0 }: ReplayService,
  outcome: ExperimentOutcome
): Series {
  return {
    grid: { ...grid, startSeconds: timeAt(grid, firstRow), length: readyAtRow.length },
    values: Float64Array.from(readyAtRow, (ready, row) => {
      const demand = values[firstRow + row]!;
      const isShort = demand > ready * perReplica;
      return Number.isNaN(demand)
        ? Number.NaN
        : outcome === 'replicas'
          ? ready
          : outcome === 'violations'
            ? Number(isShort)
            : ready * replicaHour + Number(isShort) * violationMinute * MINUTES_AN_HOUR;
    }),
  };
}
