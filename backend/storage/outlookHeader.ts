import { z } from 'zod';
import { requestAdviceSchema } from '../../contract/index.ts';

/** What of an outlook is not numbers, as it stands in a stored record. */
export const outlookHeaderSchema = z.object({
  series: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['activity', 'resource']),
      unit: z.string(),
      model: z.string(),
      levels: z.array(z.number()),
      hasCapacity: z.boolean(),
      hasShortfall: z.boolean(),
      warnings: z.array(z.string()),
    })
  ),
  windows: z.array(z.string()),
  hasAnyShortfall: z.boolean(),
  hasReplicas: z.boolean(),
  hasCost: z.boolean(),
  requests: z.array(requestAdviceSchema).optional(),
  currency: z.string(),
  warnings: z.array(z.string()),
});

export type OutlookHeader = z.infer<typeof outlookHeaderSchema>;

/**
 * What headers look like, for deflate to refer to: a trimmed outlook is little else.
 *
 * Part of format 1: a record can be read only with the dictionary that it was written with, so it never changes.
 */
export const HEADER_DICTIONARY = Buffer.from(
  '"model":"seasonal-naive""naive""drift""theta""rolling-quantile""prophet""ets""mstl"' +
    '"hasReplicas":false,"hasCost":false,"hasCapacity":false,"hasShortfall":false,"warnings":["' +
    '{"name":"network","kind":"resource","unit":"Bps"{"name":"disk"{"name":"users"{"name":"jobs","kind":"activity"' +
    '{"series":[{"name":"requests","kind":"activity","unit":"reqps","model":"auto","levels":' +
    '[0.01,0.025,0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95,0.975,0.99],' +
    '"hasCapacity":true,"hasShortfall":true,"warnings":[]},' +
    '{"name":"cpu","kind":"resource","unit":"cores","model":"' +
    '","levels":[0.01,0.025,0.05,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.95,0.975,0.99],' +
    '"hasCapacity":true,"hasShortfall":true,"warnings":[]},{"name":"memory","kind":"resource","unit":"bytes","model":"' +
    '"}],"windows":["1h","6h","24h"],"hasAnyShortfall":true,"hasReplicas":true,"hasCost":true,' +
    '"currency":"USD","warnings":[]}',
  'utf8'
);
