import { z } from 'zod';
import {
  workloadDetailSchema,
  workloadSchema,
  type WorkloadDetail,
  type WorkloadEntry,
} from '../../../contract/index.ts';
import type { DeclarationRequest } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type AnswerExtras, type ApiRoute } from './apiRoute.ts';
import { expectedBy } from './expectedBy.ts';

export interface DeclarationDeps {
  /** How often the API changed a workload; absent or `undefined`: the file declares it. */
  readonly versionOf?: (name: string) => number | undefined;
  /** Declares, changes or deletes a workload through the API; throws API_CONFLICT where the file declares it. */
  readonly putWorkload: (name: string, definition: WorkloadEntry, request: DeclarationRequest) => Promise<void>;
  readonly deleteWorkload: (name: string, request: DeclarationRequest) => Promise<void>;
}

const nameParams = z.object({ name: z.string() });

/** Workloads that the API declares: what the file declares is changed in the file. */
export function declarationRoutes(deps: DeclarationDeps, detailOf: (name: string) => WorkloadDetail): ApiRoute[] {
  return [
    defineRoute({
      method: 'PUT',
      path: '/workloads/:name',
      operation: 'putWorkload',
      summary:
        'Declares or changes a workload that the file does not declare; If-Match and If-None-Match guard against lost changes',
      permission: 'admin',
      params: nameParams,
      body: workloadSchema,
      response: workloadDetailSchema,
      handle: async ({ params, body, headers, caller }) => {
        if (body.name !== params.name) {
          throw new HeadroomError('API_BODY_INVALID', { problem: `name: must be ${params.name}, as in the path` });
        }
        await deps.putWorkload(params.name, body, { who: caller.name, expected: expectedBy(headers) });
        return detailOf(params.name);
      },
      extras: declarationTag,
    }),
    defineRoute({
      method: 'DELETE',
      path: '/workloads/:name',
      operation: 'deleteWorkload',
      summary: 'Forgets a workload that was declared through the API, with what was foreseen of it',
      permission: 'admin',
      params: nameParams,
      response: z.object({ deleted: z.string() }),
      handle: async ({ params, headers, caller }) => {
        detailOf(params.name);
        await deps.deleteWorkload(params.name, { who: caller.name, expected: expectedBy(headers) });
        return { deleted: params.name };
      },
    }),
  ];
}

/** The ETag of what the API declares; what the file declares has none, since nothing is changed by it. */
export function declarationTag({ version }: WorkloadDetail): AnswerExtras {
  return version == null ? {} : { headers: { etag: `"${String(version)}"` } };
}
