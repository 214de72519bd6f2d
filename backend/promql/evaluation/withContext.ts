import type { Expr } from '../ast.ts';
import { compareLabelSets } from '../labelSet.ts';
import type { SampleSource } from '../sampleSource.ts';
import { Annotations } from './annotations.ts';
import type { EvaluationContext } from './context.ts';
import { evaluateExpression } from './evaluateExpression.ts';
import { lastGridTime, type EvaluationGrid } from './grid.ts';
import { Meter, type SamplePool } from './meter.ts';
import { prepare } from './prepare.ts';
import type { QueryResult, QueryValue } from './queryResult.ts';
import { ReadCounter } from './readCounter.ts';
import { selectAll } from './selections.ts';

/** How a query is evaluated; nothing of it changes what is true, but for the lookback. */
export interface EvaluationOptions {
  /** How long a sample holds; default 5 minutes. */
  readonly lookbackMs?: number;
  /** Samples that a query may hold at once; default 50,000,000. */
  readonly maxSamples?: number;
  /** What it shares with the queries beside it. */
  readonly pool?: SamplePool;
  /** The step of subqueries that name none; default one minute. */
  readonly subqueryStepMs?: number;
  /** Whether metric names are dropped at the end only (a feature flag of Prometheus); default false. */
  readonly dropsNamesLate?: boolean;
  /** Called every few milliseconds of work: lets others run, throws where the query shall not go on. */
  readonly checkpoint?: () => Promise<void>;
  /** Whether the samples that are read are counted for each step too; default false. */
  readonly countsPerStep?: boolean;
  /** A clock that never goes back, in milliseconds, to time the query by; without one it took no time. */
  readonly clockMs?: () => number;
}

const DEFAULT_LOOKBACK_MS = 300_000;
const DEFAULT_MAX_SAMPLES = 50_000_000;
const DEFAULT_SUBQUERY_STEP_MS = 60_000;
const NO_CLOCK = (): number => 0;

/** Prepares a query, selects its series, has it computed, and gives back what it held, however it ends. */
export async function withContext(
  source: SampleSource,
  expr: Expr,
  grid: EvaluationGrid,
  options: EvaluationOptions,
  compute: (context: EvaluationContext, prepared: Expr) => Promise<QueryValue>
): Promise<QueryResult> {
  const lookbackMs = options.lookbackMs ?? DEFAULT_LOOKBACK_MS;
  const endMs = lastGridTime(grid);
  const clockMs = options.clockMs ?? NO_CLOCK;
  const begun = clockMs();
  const prepared = prepare(expr, grid.startMs, endMs);
  const annotations = new Annotations();
  const reads = new ReadCounter(options.countsPerStep === true ? grid.count : undefined);
  const meter = new Meter(options.maxSamples ?? DEFAULT_MAX_SAMPLES, options.checkpoint, options.pool, reads);
  const selections = await selectAll(source, prepared, grid.startMs, endMs, lookbackMs, meter);
  const context: EvaluationContext = {
    source,
    lookbackMs,
    subqueryStepMs: options.subqueryStepMs ?? DEFAULT_SUBQUERY_STEP_MS,
    dropsNamesLate: options.dropsNamesLate ?? false,
    annotations,
    meter,
    selected: (selector) => selections.get(selector) ?? [],
    evaluate: (inner, innerGrid) => evaluateExpression(context, inner, innerGrid),
    async evaluateVector(inner, innerGrid) {
      const value = await evaluateExpression(context, inner, innerGrid);
      return value.type === 'vector' ? value.series : [];
    },
    async evaluateScalar(inner, innerGrid) {
      const value = await evaluateExpression(context, inner, innerGrid);
      return value.type === 'scalar' ? value.values : new Float64Array(innerGrid.count);
    },
  };
  try {
    const prepareEnd = clockMs();
    const value = await compute(context, prepared);
    const computeEnd = clockMs();
    const ordered = inOrder(value);
    const stats = {
      readSamples: reads.total,
      ...(reads.perStep === undefined ? {} : { readSamplesPerStep: reads.perStep }),
      peakSamples: meter.peakSamples,
      timingsMs: {
        preparation: prepareEnd - begun,
        evaluation: computeEnd - prepareEnd,
        sorting: clockMs() - computeEnd,
      },
    };
    return { value: ordered, annotations: annotations.all(), stats };
  } finally {
    meter.release();
  }
}

/** A matrix by its labels; what else there is has its order. */
function inOrder(value: QueryValue): QueryValue {
  return value.type === 'matrix'
    ? { ...value, series: value.series.toSorted((a, b) => compareLabelSets(a.labels, b.labels)) }
    : value;
}
