import type { Call, Expr } from '../../ast.ts';
import type { EvaluationContext } from '../context.ts';
import type { EvaluationGrid } from '../grid.ts';
import { warnOfQuantiles } from '../range/annotateRangeCall.ts';
import type { VectorSeries } from '../value.ts';
import { bucketFraction, bucketQuantile } from './buckets.ts';
import { reduceHistograms } from './histogramFunctions.ts';

const MONOTONICITY =
  'input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile) for metric name';

/** `histogram_quantile(level, buckets)` */
export async function histogramQuantile(
  context: EvaluationContext,
  call: Call,
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const [levelArg, vectorArg] = call.args as [Expr, Expr];
  const levels = await context.evaluateScalar(levelArg, grid);
  const series = await context.evaluateVector(vectorArg, grid);
  warnOfQuantiles(context.annotations, levels, levelArg.position);
  return await reduceHistograms(context, series, grid.count, vectorArg.position, (buckets, step, labels) => {
    const { value, wasForced } = bucketQuantile(levels[step]!, buckets);
    if (wasForced) {
      context.annotations.inform(`${MONOTONICITY} "${labels.name}"`, vectorArg.position);
    }
    return value;
  });
}

/** `histogram_fraction(lower, upper, buckets)` */
export async function histogramFraction(
  context: EvaluationContext,
  call: Call,
  grid: EvaluationGrid
): Promise<VectorSeries[]> {
  const [lowerArg, upperArg, vectorArg] = call.args as [Expr, Expr, Expr];
  const lower = await context.evaluateScalar(lowerArg, grid);
  const upper = await context.evaluateScalar(upperArg, grid);
  const series = await context.evaluateVector(vectorArg, grid);
  return await reduceHistograms(context, series, grid.count, vectorArg.position, (buckets, step) =>
    bucketFraction(lower[step]!, upper[step]!, buckets)
  );
}
