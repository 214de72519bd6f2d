import { unwrap, type Call } from '../../ast.ts';
import type { EvaluationContext } from '../context.ts';
import { gridTimeAt, type EvaluationGrid } from '../grid.ts';
import { requireDistinct } from '../seriesCollector.ts';
import { withPresence, type VectorSeries } from '../value.ts';
import { absentOverTime } from './absentOverTime.ts';
import { annotateRangeCall } from './annotateRangeCall.ts';
import { RANGE_FUNCTIONS } from './rangeFunctions.ts';
import { evaluateSubquery, selectRange, type RangeVector } from './rangeSeries.ts';
import { locateWindows, type WindowBounds } from './locateWindows.ts';
import type { RangeFunction, Window } from './window.ts';

/** Steps between two looks at the meter. */
const CHUNK = 256;
/** About the nanoseconds of making a series' samples, and of finding the window of a step. */
const SAMPLE_WORK = 8;
const STEP_WORK = 10;

/** The index of a call's range vector argument, -1 where it has none. */
export function rangeArgument(call: Call): number {
  return call.args.findIndex((arg) => {
    const { kind } = unwrap(arg);
    return kind === 'matrixSelector' || kind === 'subquery';
  });
}

/** A function of a range vector over a grid, series by series. Source: the Call case of Prometheus' evaluator. */
export async function evaluateRangeCall(
  context: EvaluationContext,
  call: Call,
  rangeIndex: number,
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const before = context.meter.heldSamples;
  const range = await rangeOf(context, call, rangeIndex, grid);
  const scalars: Float64Array[] = [];
  for (const [index, arg] of call.args.entries()) {
    if (index !== rangeIndex) {
      scalars.push(await context.evaluateScalar(arg, grid));
    }
  }
  const result: VectorSeries[] = [];
  const fn = RANGE_FUNCTIONS.get(call.fn.name);
  if (fn === undefined) {
    return [absentOverTime(call, range, grid, context.meter.reads)].filter((series) => series !== undefined);
  }
  const dropsName = fn.keepsName !== true;
  for (const { labels, samples } of range.series) {
    const named = dropsName && !context.dropsNamesLate ? labels.withoutMetadata() : labels;
    const taken = samples();
    if (context.meter.spend(taken.values.length * SAMPLE_WORK)) {
      await context.meter.pause();
    }
    const { values, present } = await evaluateSeries(context, fn, range, taken, scalars, grid);
    const evaluated = withPresence({ labels: named, dropsName, values }, present);
    if (evaluated !== undefined) {
      context.meter.hold(grid.count);
      annotateRangeCall(context.annotations, call, labels, scalars);
      result.push(evaluated);
    }
  }
  if (!context.dropsNamesLate) {
    requireDistinct(result);
  }
  context.meter.settle(before, result.length * grid.count);
  return result;
}

async function rangeOf(
  context: EvaluationContext,
  call: Call,
  rangeIndex: number,
  grid: EvaluationGrid
): Promise<RangeVector> {
  const arg = unwrap(call.args[rangeIndex]!);
  return arg.kind === 'subquery'
    ? await evaluateSubquery(context, arg, grid)
    : selectRange(context, arg as Extract<typeof arg, { kind: 'matrixSelector' }>);
}

async function evaluateSeries(
  context: EvaluationContext,
  fn: RangeFunction,
  range: RangeVector,
  samples: { readonly timestamps: Float64Array; readonly values: Float64Array },
  scalars: readonly Float64Array[],
  grid: EvaluationGrid
): Promise<{ readonly values: Float64Array; readonly present: Uint8Array }> {
  const { meter } = context;
  meter.require(grid.count);
  const bounds = locateWindows(samples.timestamps, range, grid);
  meter.require(bounds.longest);
  meter.reads.addWindows(bounds);
  const values = new Float64Array(grid.count);
  const present = new Uint8Array(grid.count);
  for (let step = 0; step < grid.count; step++) {
    present[step] = bounds.to[step]! - bounds.from[step]! >= fn.leastSamples ? 1 : 0;
  }
  if (meter.spend(grid.count * STEP_WORK)) {
    await meter.pause();
  }
  if (fn.computeAll !== undefined && grid.count > 1 && range.pinnedEndMs === undefined) {
    fn.computeAll({ ...samples, from: bounds.from, to: bounds.to, out: values });
    if (meter.spend(grid.count * 8 + samples.values.length * 4)) {
      await meter.pause();
    }
  } else {
    const window = firstWindow(samples, range, scalars.length);
    for (let start = 0; start < grid.count; start += CHUNK) {
      const work = computeChunk(fn, window, range, bounds, scalars, grid, start, values, present);
      if (meter.spend(work)) {
        await meter.pause();
      }
    }
  }
  return { values, present };
}

function firstWindow(
  samples: { readonly timestamps: Float64Array; readonly values: Float64Array },
  range: RangeVector,
  scalarCount: number
): Window {
  const scalars = new Float64Array(scalarCount);
  return { ...samples, from: 0, to: 0, startMs: 0, endMs: 0, timeMs: 0, rangeMs: range.rangeMs, scalars };
}

/** Computes the windows of up to CHUNK steps; returns about how many nanoseconds that took. */
function computeChunk(
  fn: RangeFunction,
  window: Window,
  range: RangeVector,
  bounds: WindowBounds,
  scalars: readonly Float64Array[],
  grid: EvaluationGrid,
  start: number,
  values: Float64Array,
  present: Uint8Array
): number {
  const end = Math.min(grid.count, start + CHUNK);
  let work = 0;
  for (let step = start; step < end; step++) {
    if (present[step] === 0) {
      continue;
    }
    window.from = bounds.from[step]!;
    window.to = bounds.to[step]!;
    window.timeMs = gridTimeAt(grid, step);
    window.endMs = range.pinnedEndMs ?? window.timeMs - range.offsetMs;
    window.startMs = window.endMs - range.rangeMs;
    for (let i = 0; i < scalars.length; i++) {
      window.scalars[i] = scalars[i]![step]!;
    }
    values[step] = fn.compute(window);
    work += 30 + 4 * (window.to - window.from);
  }
  return work + (end - start) * 4;
}
