import { z } from 'zod';
import { newSeriesLearning, type SeriesLearning } from '../learning/index.ts';

/** What is kept is our own, of this version and step; anything else begins anew. */
const keptSchema = z.object({
  version: z.literal(1),
  stepSeconds: z.number().positive(),
  late: z.record(z.string(), z.array(z.number())),
  series: z.record(
    z.string(),
    z.object({
      drift: z.looseObject({
        version: z.literal(1),
        blockSeconds: z.number().positive(),
        untilSeconds: z.number().nullable(),
        blocks: z.array(z.looseObject({ startSeconds: z.number() })),
        means: z.array(z.number().nullable()),
        gauges: z.record(
          z.string(),
          z.object({ maxima: z.array(z.number()), daySeconds: z.number(), today: z.number().nullable() })
        ),
        shifts: z.array(z.object({ atSeconds: z.number(), offset: z.number(), ratio: z.number().nullable() })),
        verdict: z.looseObject({ kind: z.string(), isConfirmed: z.boolean() }),
      }),
      conformal: z.looseObject({
        version: z.literal(1),
        levels: z.array(z.number()),
        zones: z.array(
          z.looseObject({
            hoursBack: z.number(),
            experts: z.array(z.object({ shifts: z.array(z.number()), loss: z.number() })),
          })
        ),
      }),
    })
  ),
});

/** What was learnt of a workload's series, and the truths that had not come yet. */
export interface SeriesLearnings {
  readonly series: ReadonlyMap<string, SeriesLearning>;
  readonly late: ReadonlyMap<string, readonly number[]>;
}

/** From what the storage kept; undefined where it kept nothing that can be gone on with. */
export function readLearnings(kept: unknown, stepSeconds: number): SeriesLearnings | undefined {
  const parsed = keptSchema.safeParse(kept);
  if (!parsed.success || parsed.data.stepSeconds !== stepSeconds) {
    return undefined;
  }
  const fresh = newSeriesLearning(stepSeconds);
  const series = Object.entries(parsed.data.series).flatMap(([name, each]) => {
    const learning = each as unknown as SeriesLearning;
    const isOurs =
      learning.drift.blockSeconds === fresh.drift.blockSeconds &&
      Object.keys(fresh.drift).every((key) => Object.hasOwn(learning.drift, key)) &&
      Object.keys(fresh.drift.gauges).every((key) => Object.hasOwn(learning.drift.gauges, key)) &&
      JSON.stringify(learning.conformal.levels) === JSON.stringify(fresh.conformal.levels) &&
      learning.conformal.zones.length === fresh.conformal.zones.length;
    return isOurs ? [[name, learning] as const] : [];
  });
  return { series: new Map(series), late: new Map(Object.entries(parsed.data.late)) };
}

/** As it is kept: JSON, numbers of the conformal state to six digits. */
export function keptLearnings({ series, late }: SeriesLearnings, stepSeconds: number): unknown {
  const text = JSON.stringify(
    {
      ...{ version: 1, stepSeconds, late: Object.fromEntries(late) },
      series: Object.fromEntries(series),
    },
    (key, value: unknown) =>
      typeof value === 'number' && !key.endsWith('Seconds') && !Number.isInteger(value)
        ? Number(value.toPrecision(6))
        : value
  );
  return JSON.parse(text) as unknown;
}
