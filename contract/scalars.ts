import { z } from 'zod';

/** A name that can stand in a URL, a label value and a file name. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 of a-z, 0-9, ".", "_", "-", beginning and ending with a letter or digit'
  )
  .meta({ description: 'A name: lower-case letters, digits, ".", "_" and "-"' });

/** A duration as Prometheus writes it. */
export const durationSchema = z
  .string()
  .regex(/^(0|(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?)$/, 'must be a duration such as 30s, 5m or 1h30m')
  .min(1, 'must be a duration such as 30s, 5m or 1h30m')
  .meta({ description: 'A duration as Prometheus writes it: 30s, 5m, 1h30m, 21d' });

/** A quantity as Kubernetes writes it: a number, or a text with a suffix. */
export const quantitySchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(
        /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/,
        'must be a quantity such as 2, 500m or 4Gi'
      ),
  ])
  .meta({ description: 'A quantity as Kubernetes writes it: 2, 500m, 4Gi' });

/** A probability, ends included. */
export const probabilitySchema = z.number().min(0).max(1);

/** An instant: ISO 8601 with a zone. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'must be an ISO 8601 instant such as 2026-11-27T00:00:00Z',
});
