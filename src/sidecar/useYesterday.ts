import { z } from 'zod';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 600_000;
const QUERY = 'headroom_shortfall_probability_window{resource="any",window="24h"} offset 1d';

const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** How likely each workload was to fall short within a day, as it was foreseen a day ago; without those not foreseen then. */
export function useYesterday(): Polled<ReadonlyMap<string, number>> {
  return useResource(
    async (signal) => {
      const { data } = await ask({
        path: 'prometheus/api/v1/query',
        params: { query: QUERY },
        reader: vectorSchema,
        signal,
      });
      return new Map(
        data.result.flatMap(({ metric: { workload }, value: [, text] }): Array<[string, number]> =>
          workload === undefined || Number.isNaN(Number(text)) ? [] : [[workload, Number(text)]]
        )
      );
    },
    { key: 'yesterday', intervalMs: INTERVAL_MS }
  );
}
