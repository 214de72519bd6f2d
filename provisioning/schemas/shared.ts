import { z } from 'zod';

/** What Grafana takes for a uid of its own objects. */
export const uidSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'must be 1 to 40 of A-Z, a-z, 0-9, "_" and "-"');

/** A duration as Grafana's provisioning reads it: Prometheus' units. */
export const durationSchema = z.string().regex(/^\d+(ms|s|m|h|d|w)$/, 'must be a duration such as 5m');

/** A reference to a data source of Grafana's. */
export const dataSourceRefSchema = z.strictObject({ type: z.string().min(1), uid: uidSchema });

/** A text that reads one environment variable, as a secret in a provisioned file must. */
export const fromEnvironmentSchema = z
  .string()
  .regex(/^(Bearer )?\$\{[A-Z][A-Z0-9_]*\}$/, 'must come from the environment: ${NAME}');
