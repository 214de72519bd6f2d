import { z } from 'zod';

const labels = z.record(z.string(), z.string());

const envelope = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().optional(),
  errorType: z.string().optional(),
  warnings: z.array(z.string()).nullish(),
  infos: z.array(z.string()).nullish(),
});

/** An answer of Prometheus' query API; samples are checked one by one where they are read. */
export const prometheusAnswerSchema = envelope.extend({
  data: z
    .discriminatedUnion('resultType', [
      z.object({
        resultType: z.literal('matrix'),
        result: z.array(
          z.object({
            metric: labels,
            values: z.array(z.unknown()).optional(),
            histograms: z.array(z.unknown()).optional(),
          })
        ),
      }),
      z.object({
        resultType: z.literal('vector'),
        result: z.array(z.object({ metric: labels, value: z.unknown().optional(), histogram: z.unknown().optional() })),
      }),
      z.object({ resultType: z.literal('scalar'), result: z.unknown().optional() }),
      z.object({ resultType: z.literal('string'), result: z.unknown().optional() }),
    ])
    .nullish(),
});

/** An answer of `label/<name>/values`. */
export const labelValuesAnswerSchema = envelope.extend({ data: z.array(z.string()).nullish() });

/** An answer of `series`. */
export const seriesAnswerSchema = envelope.extend({ data: z.array(labels).nullish() });

export type PrometheusAnswer = z.infer<typeof prometheusAnswerSchema>;

const errorBody = z.object({ error: z.string() });
const messageBody = z.object({ message: z.string() });

/** Prometheus' own words in the body of an error answer (or those of a proxy that answers with a `message`). */
export function prometheusReason(json: unknown): string | undefined {
  const error = errorBody.safeParse(json);
  return error.success ? error.data.error : messageBody.safeParse(json).data?.message;
}
