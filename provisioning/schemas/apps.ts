import { z } from 'zod';
import { fromEnvironmentSchema, uidSchema } from './shared.ts';

/** A file of apps for Grafana's provisioning/plugins. */
export const appFileSchema = z.strictObject({
  apiVersion: z.literal(1),
  apps: z
    .array(
      z.strictObject({
        type: z.string().min(1),
        org_id: z.int().positive(),
        disabled: z.boolean(),
        jsonData: z.strictObject({ url: z.url({ protocol: /^https?$/ }), datasourceUid: uidSchema }),
        secureJsonData: z.record(z.string(), fromEnvironmentSchema),
      })
    )
    .min(1),
});
