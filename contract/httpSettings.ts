import { z } from 'zod';

/** The name of an environment variable that holds a secret. */
export const secretEnvSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
  .meta({ description: 'The environment variable that holds the secret; the secret itself never stands in the file' });

/** An address that is asked over HTTP. */
export const httpUrlSchema = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
