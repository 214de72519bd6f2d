import { formatTimestamp, type QueryStats } from '../../../promql/index.ts';

/** What a query took besides what the evaluator knows of. */
export interface QueryTimes {
  readonly queuedMs: number;
  /** From the request to the result, waiting included. */
  readonly totalMs: number;
}

/** A query's `stats` as Prometheus writes them; by step, as `[time, samples]`, where they were counted so. */
export function describeStats(
  stats: QueryStats,
  { queuedMs, totalMs }: QueryTimes,
  timeAt: (step: number) => number
): Readonly<Record<string, unknown>> {
  const { preparation, evaluation, sorting } = stats.timingsMs;
  const perStep = stats.readSamplesPerStep;
  return {
    timings: {
      evalTotalTime: (preparation + evaluation + sorting) / 1000,
      resultSortTime: sorting / 1000,
      queryPreparationTime: preparation / 1000,
      innerEvalTime: evaluation / 1000,
      execQueueTime: queuedMs / 1000,
      execTotalTime: totalMs / 1000,
    },
    samples: {
      ...(perStep === undefined
        ? {}
        : {
            totalQueryableSamplesPerStep: Array.from(perStep, (count, step) => [
              Number(formatTimestamp(timeAt(step))),
              count,
            ]),
          }),
      totalQueryableSamples: stats.readSamples,
      peakSamples: stats.peakSamples,
    },
  };
}
