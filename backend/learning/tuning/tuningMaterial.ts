import { createHash } from 'node:crypto';
import { HeadroomError } from '../../errors/index.ts';
import { cyclePlan, type History } from '../../forecasting/index.ts';
import { trainingSeries, type Manifest } from '../../neural/index.ts';
import { formatDuration } from '../../timeseries/index.ts';
import { commonSeason, trainingMaterial, type TrainingMaterial } from '../training/index.ts';
import type { TuningTask } from './tuningTask.ts';

/** As much as `auto` rehearses on, so that it is rehearsed on nothing that it has learnt. */
const HELD_OUT_CYCLES = 5;
const HELD_OUT_HORIZONS = 2;
const LARGEST_HELD_OUT_SHARE = 1 / 3;
const LEAST_CYCLES = 4;
const LEAST_STEPS = 240;
/** Measurements that must be in what is learnt from. */
const LEAST_MEASURED = 96;
const LONGEST_HORIZON = 900;

export interface TuningMaterial {
  readonly material: TrainingMaterial;
  /** Steps at the end by which it is decided whether the tune is kept. */
  readonly unseen: number;
  /** Why series were left out, by name. */
  readonly leftOut: Readonly<Record<string, string>>;
}

/**
 * A workload's histories as a tune sees them: to learn from, then to stop by, then to decide by.
 *
 * Throws MODEL_HISTORY_UNFIT where nothing can be learnt from them.
 */
export function tuningMaterial(task: TuningTask, vocabulary: Manifest['vocabulary']): TuningMaterial {
  const unfit = (reason: string): HeadroomError =>
    new HeadroomError('MODEL_HISTORY_UNFIT', { workload: task.workload, reason });
  const [first] = task.series.values();
  if (first === undefined) {
    throw unfit('there is none yet');
  }
  const { grid } = first.target;
  // A network reads past covariates by nothing that its own past does not say.
  const histories = new Map<string, History>();
  for (const [name, { target, metadata }] of task.series) {
    histories.set(name, { target, ...(metadata === undefined ? {} : { metadata }) });
  }
  const seasonSteps = task.seasonSteps ?? commonSeason(histories);
  const { cycle } = cyclePlan(seasonSteps, grid);
  const needed = Math.max(LEAST_STEPS, LEAST_CYCLES * cycle);
  if (grid.length < needed) {
    const duration = (steps: number): string => formatDuration(steps * grid.stepSeconds);
    throw unfit(`it reaches back ${duration(grid.length)}, and a tune needs ${duration(needed)}`);
  }
  const heldOut = heldOutSteps(grid.length, cycle, task.horizon);
  const unseen = heldOut >> 1;
  const horizon = Math.max(1, Math.min(task.horizon, LONGEST_HORIZON, unseen >> 1));
  const leftOut: Record<string, string> = {};
  for (const [name, { target }] of histories) {
    const reason = whyUnfit(target.values.subarray(0, target.values.length - heldOut - horizon), grid.length, target);
    if (reason !== undefined) {
      leftOut[name] = reason;
      histories.delete(name);
    }
  }
  if (histories.size === 0) {
    throw unfit(
      Object.entries(leftOut)
        .map(([name, reason]) => `${name} ${reason}`)
        .join('; ')
    );
  }
  const material = trainingMaterial({
    ...{ name: task.workload, sha256: hashOf(histories), histories, seasonSteps, horizon, heldOut, unseen, cycle },
    weight: 1,
    stepSeconds: grid.stepSeconds,
    series: trainingSeries(histories, horizon, vocabulary),
  });
  return { material, unseen, leftOut };
}

function heldOutSteps(length: number, cycle: number, horizon: number): number {
  const wished = Math.max(HELD_OUT_CYCLES * cycle, HELD_OUT_HORIZONS * horizon);
  return Math.min(wished, Math.floor(LARGEST_HELD_OUT_SHARE * length));
}

function whyUnfit(learnt: Float64Array, length: number, target: History['target']): string | undefined {
  if (target.grid.length !== length) {
    return 'is not on the grid of the others';
  }
  const measured = learnt.filter((value) => !Number.isNaN(value));
  if (measured.length < LEAST_MEASURED) {
    return `has ${String(measured.length)} measurements to learn from, fewer than ${String(LEAST_MEASURED)}`;
  }
  return measured.every((value) => value === measured[0]) ? 'was constant' : undefined;
}

function hashOf(histories: ReadonlyMap<string, History>): string {
  const hash = createHash('sha256');
  for (const [name, { target, metadata }] of histories) {
    const { buffer, byteOffset, byteLength } = target.values;
    hash.update(JSON.stringify([name, target.grid, metadata ?? null]));
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
