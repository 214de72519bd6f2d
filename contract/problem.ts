import { z } from 'zod';

/** An error on the wire: RFC 9457 problem details with Headroom's stable `code` and what to do. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    action: z.string(),
    instance: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
