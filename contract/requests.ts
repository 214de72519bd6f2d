import { z } from 'zod';
import { durationSchema, quantitySchema } from './scalars.ts';

const quantities = z.strictObject({ cpu: quantitySchema.optional(), memory: quantitySchema.optional() });

/** `scaling.requests`: whose requests of cpu and memory are set, how far, and by which way. */
export const requestsSchema = z.strictObject({
  target: z.strictObject({
    kind: z.enum(['deployment', 'statefulset']),
    namespace: z.string().min(1),
    name: z.string().min(1),
    container: z.string().min(1).optional().meta({ description: 'Needed where a pod has several' }),
  }),
  apply: z.enum(['recommend', 'resize', 'rollout']).optional().meta({
    description:
      'recommend: look only (default); resize: pods as they run, where Kubernetes offers it; rollout: the template, which replaces every pod',
  }),
  min: quantities.optional().meta({ description: 'No request below' }),
  max: quantities.optional().meta({ description: 'No request above' }),
  worth: z.number().min(0).max(1).optional().meta({
    description: 'Within the bounds of the advice a request is changed by at least this share of it; default 0.1',
  }),
  cooldown: durationSchema
    .optional()
    .meta({ description: 'After a change nothing is changed for so long; default 1h' }),
});

export type RequestsEntry = z.infer<typeof requestsSchema>;
