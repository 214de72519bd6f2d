import { z } from 'zod';

const nameSchema = z.string().regex(/^[a-zA-Z0-9._-]+$/);
const durationSchema = z.string().regex(/^\d+(ms|s|m|h)$/);
const commandSchema = z.union([z.string(), z.array(z.string())]);

const healthcheckSchema = z.union([
  z.strictObject({ disable: z.literal(true) }),
  z.strictObject({
    test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
    interval: durationSchema,
    timeout: durationSchema,
    retries: z.int().positive(),
    start_period: durationSchema.optional(),
  }),
]);

const serviceSchema = z
  .strictObject({
    image: z.string().min(1).optional(),
    build: z
      .strictObject({
        context: z.string(),
        target: nameSchema.optional(),
        args: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
    pull_policy: z.enum(['never', 'missing', 'always']).optional(),
    command: commandSchema.optional(),
    entrypoint: commandSchema.optional(),
    user: z.string().optional(),
    environment: z.record(z.string(), z.string()).optional(),
    depends_on: z
      .record(
        nameSchema,
        z.strictObject({
          condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
        })
      )
      .optional(),
    volumes: z.array(z.string().regex(/^[^:]+:\/[^:]*(:(ro|rw))?$/)).optional(),
    configs: z.array(z.strictObject({ source: nameSchema, target: z.string().startsWith('/') })).optional(),
    ports: z.array(z.string()).optional(),
    healthcheck: healthcheckSchema.optional(),
    read_only: z.boolean().optional(),
    tmpfs: z.array(z.string().startsWith('/')).optional(),
    cap_drop: z.array(z.string()).optional(),
    security_opt: z.array(z.string()).optional(),
    init: z.boolean().optional(),
    stop_grace_period: durationSchema.optional(),
    restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  })
  .refine(({ image, build }) => image !== undefined || build !== undefined, 'must have an image or a build');

/** A compose file, as far as Headroom's own uses the Compose Specification. */
export const composeFileSchema = z.strictObject({
  name: nameSchema,
  services: z.record(nameSchema, serviceSchema),
  configs: z.record(nameSchema, z.strictObject({ content: z.string() })),
  volumes: z.record(nameSchema, z.strictObject({})),
});

export type ComposeFile = z.infer<typeof composeFileSchema>;
