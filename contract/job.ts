import { z } from 'zod';

const epochSeconds = z.number().meta({ description: 'Epoch seconds' });

/** Work that goes on after the request that asked for it: a tune, a long simulation. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['train', 'simulate']),
    workload: z.string().nullable(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    createdAt: epochSeconds,
    startedAt: epochSeconds.nullable(),
    finishedAt: epochSeconds.nullable(),
    progress: z.number().min(0).max(1),
    secondsLeft: z.number().nullable().meta({ description: 'An estimate; null where nothing is known' }),
    message: z.string().meta({ description: 'What it is doing, or how it ended, in words' }),
    figures: z.record(z.string(), z.number()).meta({ description: 'Where it stands: step, loss ...' }),
    result: z.unknown().meta({ description: 'What came of it, by kind; null before it is done' }),
    problem: z.object({ code: z.string(), detail: z.string(), action: z.string() }).nullable(),
  })
  .meta({ id: 'Job' });

export const jobsResponseSchema = z
  .object({ now: epochSeconds, jobs: z.array(jobSchema) })
  .meta({ id: 'JobsResponse' });

export type Job = z.infer<typeof jobSchema>;
export type JobsResponse = z.infer<typeof jobsResponseSchema>;
