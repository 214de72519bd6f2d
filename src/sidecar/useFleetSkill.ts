import { z } from 'zod';
import { ask } from './client';
import { useResource, type Polled } from './useResource';

const INTERVAL_MS = 300_000;
const ERRORS = 'headroom_forecast_error{metric="crps"}';
/** Of each series and lead the model's CRPS over seasonal-naive's, the middle one of the fleet. */
const QUERY = `quantile by (model, lead) (0.5, ${ERRORS} / on (workload, resource, lead) group_left () headroom_forecast_error{metric="crps",model="seasonal-naive"})`;

const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** How a model does over the whole fleet at one lead: below 1 it beats the same time a season ago. */
export interface FleetSkill {
  readonly model: string;
  readonly lead: string;
  readonly ratio: number;
}

/** The live errors of each model beside the baseline's, over all workloads. */
export function useFleetSkill(): Polled<readonly FleetSkill[]> {
  return useResource(
    async (signal) => {
      const { data } = await ask({
        path: 'prometheus/api/v1/query',
        params: { query: QUERY },
        reader: vectorSchema,
        signal,
      });
      return data.result.flatMap(({ metric: { model, lead }, value: [, text] }): FleetSkill[] =>
        model === undefined || lead === undefined || !Number.isFinite(Number(text))
          ? []
          : [{ model, lead, ratio: Number(text) }]
      );
    },
    { key: 'fleet skill', intervalMs: INTERVAL_MS }
  );
}
