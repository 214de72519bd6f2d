import { z } from 'zod';
import type { KeptPeriods } from './periodHistory.ts';

const numbers = z.array(z.number().nullable());

const keptSchema = z.object({
  /** What was asked, and how: another question's answer is of no use. */
  question: z.string(),
  startSeconds: z.number(),
  stepSeconds: z.number().positive(),
  mean: numbers,
  peak: numbers,
  fullReadSeconds: z.number(),
});

/** The setting that keeps the long past of a workload: what its source may have forgotten by now. */
export function keptPeriodsKey(workload: string): string {
  return `periods/${workload}`;
}

/** The long past of a workload's series as a setting's value; gaps are null. */
export function encodeKeptPeriods(
  series: ReadonlyMap<string, { readonly question: string; readonly kept: KeptPeriods }>
): unknown {
  return Object.fromEntries(
    [...series].map(([name, { question, kept }]) => [
      name,
      {
        question,
        startSeconds: kept.periods.grid.startSeconds,
        stepSeconds: kept.periods.grid.stepSeconds,
        mean: withNulls(kept.periods.mean),
        peak: withNulls(kept.periods.peak),
        fullReadSeconds: kept.fullReadSeconds,
      },
    ])
  );
}

/** The long past of one series in a setting's value; `undefined` where it holds none for that question. */
export function decodeKeptPeriods(value: unknown, name: string, question: string): KeptPeriods | undefined {
  const all = z.record(z.string(), z.unknown()).safeParse(value);
  const one = keptSchema.safeParse(all.success ? all.data[name] : undefined);
  if (!one.success || one.data.question !== question || one.data.mean.length !== one.data.peak.length) {
    return undefined;
  }
  const { startSeconds, stepSeconds, mean, peak, fullReadSeconds } = one.data;
  if (mean.length === 0) {
    return undefined;
  }
  return {
    periods: {
      grid: { startSeconds, stepSeconds, length: mean.length },
      mean: withGaps(mean),
      peak: withGaps(peak),
    },
    fullReadSeconds,
  };
}

function withNulls(values: Float64Array): Array<number | null> {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

function withGaps(values: ReadonlyArray<number | null>): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}
