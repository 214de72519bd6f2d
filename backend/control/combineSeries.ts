import type { HistoryResult } from '../forecasting/index.ts';

/** One series of an answer: its only one, or the sum of the parts of a split; ambiguity is missing, not a guess. */
export function combineSeries(
  result: HistoryResult,
  length: number,
  isSplit: boolean
): { readonly values: Float64Array; readonly warnings: readonly string[] } {
  const [only] = result.series;
  if (only === undefined) {
    return { values: new Float64Array(length).fill(Number.NaN), warnings: ['the query returns no series'] };
  }
  if (result.series.length === 1) {
    return { values: only.series.values, warnings: [] };
  }
  if (!isSplit) {
    return {
      values: new Float64Array(length).fill(Number.NaN),
      warnings: [
        `the query returns ${result.series.length} series where one is needed: aggregate it, or name the label in \`by\``,
      ],
    };
  }
  const values = new Float64Array(length).fill(Number.NaN);
  for (const { series } of result.series) {
    series.values.forEach((value, index) => {
      if (!Number.isNaN(value)) {
        const sum = values[index]!;
        values[index] = Number.isNaN(sum) ? value : sum + value;
      }
    });
  }
  return { values, warnings: [] };
}
