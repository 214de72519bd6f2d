import { jobSchema, type Job } from '../../contract/job.ts';
import { modelRolesSchema, type ModelRoles } from '../../contract/models.ts';
import { ask } from './client';

/** Sessions are opened and a file is written whole before it answers. */
const TIMEOUT_SECONDS = 60;

/** One version of a model; which one is in charge of a workload is changed by its origin and version. */
export interface ModelVersion {
  readonly origin: 'shipped' | 'tuned';
  readonly version: string;
}

interface Change {
  readonly name: string;
  readonly workload: string;
  readonly reason: string;
}

/** Puts a version in charge of one workload. */
export function promoteModel({ name, workload, reason }: Change, version: ModelVersion): Promise<ModelRoles> {
  return ask({
    path: `api/v1/models/${encodeURIComponent(name)}/promote`,
    route: 'admin',
    method: 'POST',
    body: { workload, reason, origin: version.origin, version: version.version },
    reader: modelRolesSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Puts the last good version in charge again. */
export function rollBackModel({ name, workload, reason }: Change): Promise<ModelRoles> {
  return ask({
    path: `api/v1/models/${encodeURIComponent(name)}/rollback`,
    route: 'admin',
    method: 'POST',
    body: { workload, reason },
    reader: modelRolesSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Tunes a model on a workload's own history, taking at most so many minutes of one core. */
export function trainModel(name: string, workload: string, minutes: number): Promise<Job> {
  return ask({
    path: `api/v1/models/${encodeURIComponent(name)}/train`,
    route: 'admin',
    method: 'POST',
    body: { workload, minutes },
    reader: jobSchema,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}

/** Ends a training at once; what it has learnt so far is not kept. */
export function cancelTraining(id: string): Promise<Job> {
  return ask({ path: `api/v1/jobs/${encodeURIComponent(id)}`, route: 'admin', method: 'DELETE', reader: jobSchema });
}
