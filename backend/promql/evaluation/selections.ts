import type { Expr, TimeShift, VectorSelector } from '../ast.ts';
import type { PromSeries, SampleSource, SelectRange } from '../sampleSource.ts';
import { offsetMs, positiveDurationMs } from './durationValue.ts';

/** The series of every selector of a query. */
export type Selections = ReadonlyMap<VectorSelector, readonly PromSeries[]>;

/** Asks the source for all that the (prepared) expression will need between two evaluation times, side by side. */
export async function selectAll(
  source: SampleSource,
  expr: Expr,
  startMs: number,
  endMs: number,
  lookbackMs: number
): Promise<Selections> {
  const wanted = new Map<VectorSelector, SelectRange>();
  collect(expr, startMs, endMs);
  const pairs = await Promise.all(
    [...wanted].map(async ([selector, range]) => [selector, await source.select(selector.matchers, range)] as const)
  );
  return new Map(pairs);

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
