import { z } from 'zod';
import {
  scenarioDetailSchema,
  scenarioSchema,
  scenariosResponseSchema,
  type ScenarioDetail,
} from '../../../contract/index.ts';
import type { ScenarioShelf } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { expectedBy } from './expectedBy.ts';

const nameParams = z.object({ name: z.string() });

/** `/scenarios`: those that ship, and those that people store, in versions. */
export function scenarioRoutes(shelf: ScenarioShelf, nowSeconds: () => number): ApiRoute[] {
  const known = (name: string, detail: ScenarioDetail | undefined): ScenarioDetail => {
    if (detail === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'scenario', name, list: '/api/v1/scenarios' });
    }
    return detail;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/scenarios',
      operation: 'listScenarios',
      summary: 'The scenarios that ship, then those that are stored',
      permission: 'read',
      response: scenariosResponseSchema,
      handle: () => ({ now: nowSeconds(), scenarios: shelf.list() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/scenarios/:name',
      operation: 'getScenario',
      summary: 'One scenario with its versions, as it is or as it was; its ETag is its version',
      permission: 'read',
      params: nameParams,
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      response: scenarioDetailSchema,
      handle: ({ params, query }) => {
        const detail = shelf.detail(params.name, query.version);
        return known(query.version === undefined ? params.name : `${params.name} at ${String(query.version)}`, detail);
      },
      extras: etag,
    }),
    defineRoute({
      method: 'PUT',
      path: '/scenarios/:name',
      operation: 'putScenario',
      summary: 'Stores a scenario, or a new version of it; If-Match and If-None-Match guard against lost changes',
      permission: 'propose',
      params: nameParams,
      body: scenarioSchema,
      response: scenarioDetailSchema,
      handle: ({ params, body, headers }) => {
        if (body.name !== params.name) {
          throw new HeadroomError('API_BODY_INVALID', { problem: `name: must be ${params.name}, as in the path` });
        }
        return shelf.put(body, expectedBy(headers));
      },
      extras: (detail) => ({ ...etag(detail), status: detail.versions.length === 1 ? 201 : 200 }),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/scenarios/:name',
      operation: 'deleteScenario',
      summary: 'Takes a stored scenario out of use; its versions are kept',
      permission: 'propose',
      params: nameParams,
      response: z.object({ deleted: z.string() }),
      handle: async ({ params, headers }) => {
        if (!(await shelf.delete(params.name, expectedBy(headers)))) {
          known(params.name, undefined);
        }
        return { deleted: params.name };
      },
    }),
  ];
}

function etag({ version }: ScenarioDetail) {
  return { headers: { etag: `"${String(version)}"` } };
}
