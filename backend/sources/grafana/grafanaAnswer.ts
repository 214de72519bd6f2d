import { z } from 'zod';

const frame = z.object({
  schema: z.object({
    fields: z.array(
      z.object({
        name: z.string().default(''),
        type: z.string().default('other'),
        labels: z.record(z.string(), z.string()).nullish(),
      })
    ),
    meta: z
      .object({ notices: z.array(z.object({ severity: z.string().optional(), text: z.string() })).nullish() })
      .nullish(),
  }),
  data: z.object({ values: z.array(z.array(z.unknown())).nullish() }).nullish(),
});

const result = z.object({
  status: z.number().optional(),
  error: z.string().optional(),
  frames: z.array(frame).nullish(),
});

/** An answer of `/api/ds/query`: for each refId frames, or an error. */
export const grafanaAnswerSchema = z.object({ results: z.record(z.string(), result) });

/** Columns with a name and a type, `values[field][row]`; numbers that JSON cannot hold are null. */
export type GrafanaFrame = z.infer<typeof frame>;

/** What `/api/datasources/uid/.../health` says. */
export const grafanaHealthSchema = z.object({ status: z.string(), message: z.string().optional() });

const errorResults = z.object({ results: z.record(z.string(), z.object({ error: z.string().optional() })) });
const errorMessage = z.object({ message: z.string() });

/** Grafana's own words in the body of an error answer: the query's error where there is one, else the message. */
export function grafanaReason(json: unknown): string | undefined {
  const results = errorResults.safeParse(json);
  const error = results.success
    ? Object.values(results.data.results).find((each) => each.error !== undefined)?.error
    : undefined;
  return error ?? errorMessage.safeParse(json).data?.message;
}
