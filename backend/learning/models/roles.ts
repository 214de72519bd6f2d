import { z } from 'zod';

const version = z.string().regex(/^\d+\.\d+\.\d+$/);

const versionSchema = z.object({ origin: z.enum(['shipped', 'tuned']), version });

const standingSchema = versionSchema.extend({ atSeconds: z.number(), by: z.string(), why: z.string() });

const eventSchema = standingSchema.extend({
  what: z.enum(['entered', 'promoted', 'rolledBack', 'retired', 'benched']),
});

const namedRolesSchema = z.object({
  /** In charge; null: the newest whole one of the workload's own, else what ships. */
  champion: standingSchema.nullable(),
  /** In charge before the champion, so known to work. */
  lastGood: standingSchema.nullable(),
  challenger: standingSchema.nullable(),
  /** Out of the game: gave nonsense, or did worse. The newest first. */
  benched: z.array(standingSchema),
  /** The newest first. */
  history: z.array(eventSchema),
});

export const workloadRolesSchema = z.object({
  format: z.literal(1),
  models: z.record(z.string(), namedRolesSchema),
});

/** One version of a learnt model: what Headroom ships, or the workload's own tune. */
export type ModelVersion = z.infer<typeof versionSchema>;
/** A version in a role: since when, by whose hand, why. */
export type Standing = z.infer<typeof standingSchema>;
export type RoleEvent = z.infer<typeof eventSchema>;
export type NamedRoles = z.infer<typeof namedRolesSchema>;
/** Which versions have which role for one workload, by the models' names. */
export type WorkloadRoles = z.infer<typeof workloadRolesSchema>;

export const NO_ROLES: WorkloadRoles = { format: 1, models: {} };

const NOTHING: NamedRoles = { champion: null, lastGood: null, challenger: null, benched: [], history: [] };

export function rolesOf({ models }: WorkloadRoles, name: string): NamedRoles {
  return Object.hasOwn(models, name) ? models[name]! : NOTHING;
}

export function isSameVersion(a: ModelVersion | null, b: ModelVersion | null): boolean {
  return a !== null && b !== null && a.origin === b.origin && a.version === b.version;
}

/** How a version is written: `tuned 1.1.2`. */
export function versionWords({ origin, version: own }: ModelVersion): string {
  return `${origin} ${own}`;
}
