import { z } from 'zod';
import { fromEnvironmentSchema, uidSchema } from './shared.ts';

/** A file of Prometheus data sources for Grafana's provisioning/datasources. */
export const dataSourceFileSchema = z.strictObject({
  apiVersion: z.literal(1),
  datasources: z
    .array(
      z
        .strictObject({
          name: z.string().min(1),
          uid: uidSchema,
          orgId: z.int().positive(),
          type: z.literal('prometheus'),
          access: z.literal('proxy'),
          url: z.url({ protocol: /^https?$/ }),
          isDefault: z.boolean().optional(),
          editable: z.boolean(),
          jsonData: z.strictObject({
            httpMethod: z.enum(['POST', 'GET']),
            prometheusType: z.enum(['Prometheus', 'Cortex', 'Mimir', 'Thanos']),
            prometheusVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
            timeInterval: z.string().regex(/^\d+[smh]$/),
            incrementalQuerying: z.boolean().optional(),
            disableRecordingRules: z.boolean().optional(),
            manageAlerts: z.boolean().optional(),
            httpHeaderName1: z.string().optional(),
          }),
          secureJsonData: z.strictObject({ httpHeaderValue1: fromEnvironmentSchema }).optional(),
        })
        .refine(
          ({ jsonData, secureJsonData }) =>
            (jsonData.httpHeaderName1 === undefined) === (secureJsonData?.httpHeaderValue1 === undefined),
          'httpHeaderName1 and httpHeaderValue1 belong together'
        )
    )
    .min(1),
});
