import type { Expr, TimeShift, VectorSelector } from '../ast.ts';
import { printMatcher } from '../matcher.ts';
import type { PromSeries, SampleSource, SelectRange } from '../sampleSource.ts';
import { offsetMs, positiveDurationMs } from './durationValue.ts';
import type { Meter } from './meter.ts';

/** The series of every selector of a query. */
export type Selections = ReadonlyMap<VectorSelector, readonly PromSeries[]>;

/** About the nanoseconds that looking for series takes. */
const SELECT_WORK = 400_000;

/**
 * Asks the source for all that the (prepared) expression will need between two evaluation times, side by side, and once
 * for what is the same.
 */
export async function selectAll(
  source: SampleSource,
  expr: Expr,
  startMs: number,
  endMs: number,
  lookbackMs: number,
  meter: Meter
): Promise<Selections> {
  const wanted = new Map<VectorSelector, SelectRange>();
  collect(expr, startMs, endMs);
  const asked = new Map<string, Promise<readonly PromSeries[]>>();
  const selected: Array<readonly [VectorSelector, Promise<readonly PromSeries[]>]> = [];
  for (const [selector, range] of wanted) {
    const key = JSON.stringify([selector.matchers.map(printMatcher), range]);
    let series = asked.get(key);
    if (series === undefined) {
      series = source.select(selector.matchers, range);
      // It is awaited below, unless the query ends before.
      void series.catch(() => undefined);
      asked.set(key, series);
      if (meter.spend(SELECT_WORK)) {
        await meter.pause();
      }
    }
    selected.push([selector, series]);
  }
  return new Map(await Promise.all(selected.map(async ([selector, series]) => [selector, await series] as const)));

  function collect(node: Expr, minMs: number, maxMs: number): void {
    switch (node.kind) {
      case 'vectorSelector':
        wanted.set(node, { ...shifted(node, minMs, maxMs), lookbackMs });
        return;
      case 'matrixSelector': {
        const range = shifted(node.selector, minMs, maxMs);
        wanted.set(node.selector, {
          minMs: range.minMs - positiveDurationMs(node.range),
          maxMs: range.maxMs,
          lookbackMs: 0,
        });
        return;
      }
      case 'subquery': {
        const range = shifted(node, minMs, maxMs);
        collect(node.expr, range.minMs - positiveDurationMs(node.range), range.maxMs);
        return;
      }
      case 'call':
        for (const [index, arg] of node.args.entries()) {
          if (node.fn.name !== 'info' || index === 0) {
            collect(arg, minMs, maxMs);
          }
        }
        return;
      case 'aggregation':
        collect(node.expr, minMs, maxMs);
        if (node.param !== undefined) {
          collect(node.param, minMs, maxMs);
        }
        return;
      case 'binary':
        collect(node.left, minMs, maxMs);
        collect(node.right, minMs, maxMs);
        return;
      case 'paren':
      case 'unary':
      case 'stepInvariant':
        collect(node.expr, minMs, maxMs);
        return;
      case 'number':
      case 'string':
    }
  }
}

function shifted(shift: TimeShift, minMs: number, maxMs: number): { readonly minMs: number; readonly maxMs: number } {
  const offset = offsetMs(shift.offset);
  return typeof shift.at === 'number'
    ? { minMs: shift.at - offset, maxMs: shift.at - offset }
    : { minMs: minMs - offset, maxMs: maxMs - offset };
}
