import { z } from 'zod';
import { httpUrlSchema, secretEnvSchema } from './httpSettings.ts';
import { durationSchema } from './scalars.ts';

const kubernetesName = { namespace: z.string().min(1), name: z.string().min(1) };

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be the name of an HTTP header')
  .refine(
    (name) =>
      !/^(?:host|connection|content-.*|transfer-encoding|expect|upgrade|te|trailer|authorization|cookie|idempotency-key|headroom-.*)$/i.test(
        name
      ),
    'must not be a header that Headroom sets itself, nor one that holds a secret'
  );

const headerValue = z.string().regex(/^[\x20-\x7e]*$/, 'must be visible ASCII');

/** What a workload's capacity is set at. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hpa'), ...kubernetesName }),
  z.strictObject({ kind: z.literal('deployment'), ...kubernetesName }),
  z.strictObject({ kind: z.literal('statefulset'), ...kubernetesName }),
  z.strictObject({ kind: z.literal('keda'), ...kubernetesName }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: httpUrlSchema.meta({ description: 'Where changes are posted to' }),
    secretEnv: secretEnvSchema.optional().meta({
      description:
        'The environment variable with the secret that requests are signed by; without it they are not signed',
    }),
    tokenEnv: secretEnvSchema.optional().meta({
      description: 'The environment variable with a bearer token to send along',
    }),
    read: z
      .strictObject({ url: httpUrlSchema })
      .optional()
      .meta({ description: 'Where the receiver tells what stands; without it a change cannot be verified' }),
    dryRun: z.boolean().optional().meta({
      description: 'Whether the receiver knows `?dryRun=true`, and then changes nothing; default false',
    }),
    headers: z
      .record(headerName, headerValue)
      .optional()
      .meta({ description: 'Further headers, none of them a secret' }),
    timeout: durationSchema.optional().meta({ description: 'For one try; default 10s' }),
  }),
  z.strictObject({
    kind: z.literal('gitops'),
    path: z.string().min(1).meta({
      description:
        "Headroom's own folder, below that of the workloads file: a kustomize component with one patch a workload",
    }),
    ...kubernetesName,
  }),
  z.strictObject({ kind: z.literal('dry-run') }),
  z.strictObject({
    kind: z.literal('aws-asg').meta({ description: 'Experimental: scheduled actions of an EC2 Auto Scaling group' }),
    group: z.string().min(1).max(255),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'),
  }),
  z.strictObject({
    kind: z.literal('nomad').meta({ description: 'Experimental: the count of a task group of a Nomad job' }),
    job: z.string().min(1),
    group: z.string().min(1),
    address: httpUrlSchema.optional().meta({ description: 'Default: NOMAD_ADDR, else http://127.0.0.1:4646' }),
    namespace: z.string().min(1).optional().meta({ description: 'Default: NOMAD_NAMESPACE, else default' }),
    tokenEnv: secretEnvSchema
      .optional()
      .meta({ description: 'The environment variable with the token; default NOMAD_TOKEN, where no address is named' }),
  }),
]);

export type TargetEntry = z.infer<typeof targetSchema>;
