import { z } from 'zod';
import { jobSchema, jobsResponseSchema, type Job } from '../../../contract/index.ts';
import type { Jobs } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineEvents, defineRoute, type ApiRoute } from './apiRoute.ts';

const idParams = z.object({ id: z.string() });

/** `/jobs`: what goes on after the request that asked for it. */
export function jobRoutes(jobs: Jobs, nowSeconds: () => number): ApiRoute[] {
  const known = (id: string, job: Job | undefined): Job => {
    if (job === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'job', name: id, list: '/api/v1/jobs' });
    }
    return job;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/jobs',
      operation: 'listJobs',
      summary: 'Jobs under way and the last hundred that are over, newest first',
      permission: 'read',
      response: jobsResponseSchema,
      handle: () => ({ now: nowSeconds(), jobs: jobs.list() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/jobs/:id',
      operation: 'getJob',
      summary: 'How far a job is, or what came of it',
      permission: 'read',
      params: idParams,
      response: jobSchema,
      handle: ({ params }) => known(params.id, jobs.job(params.id)),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/jobs/:id',
      operation: 'cancelJob',
      summary: 'Cancels a job at once; one that is over stays as it is. A simulation needs `read` only, as to begin it',
      permission: 'admin',
      permissionOf: (params) => (jobs.job(idParams.parse(params).id)?.kind === 'simulate' ? 'read' : 'admin'),
      params: idParams,
      response: jobSchema,
      handle: ({ params }) => known(params.id, jobs.cancel(params.id)),
    }),
    defineEvents({
      path: '/jobs/:id/events',
      operation: 'watchJob',
      summary: 'The job at each change, as server-sent events, until it is over',
      permission: 'read',
      params: idParams,
      event: jobSchema,
      events: ({ params, signal }) => {
        known(params.id, jobs.job(params.id));
        return jobs.watch(params.id, signal);
      },
    }),
  ];
}
