import { z } from 'zod';
import {
  sourceCheckSchema,
  sourceLabelsSchema,
  sourceNamesSchema,
  sourcesResponseSchema,
} from '../../../contract/index.ts';
import type { Fleet } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { HistorySource } from '../../forecasting/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { KeptNames } from './keptNames.ts';
import { labelsOf } from './labelsOf.ts';
import { sourcesOf } from './sourcesOf.ts';

export interface SourceRouteDeps {
  readonly fleet: Pick<Fleet, 'sourceStates' | 'source' | 'workloads' | 'nowSeconds'>;
  readonly monotonicSeconds: () => number;
}

const MOST_SERIES = 2000;
const nameParams = z.object({ name: z.string() });

/** `/sources`: where history comes from, whether it answers, and what may be asked of it. */
export function sourceRoutes({ fleet, monotonicSeconds }: SourceRouteDeps): ApiRoute[] {
  const kept = new KeptNames(() => fleet.nowSeconds());
  const sourceNamed = (name: string): HistorySource => {
    const source = fleet.source(name);
    if (source === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'source', name, list: '/api/v1/sources' });
    }
    return source;
  };
  return [
    defineRoute({
      method: 'GET',
      path: '/sources',
      operation: 'listSources',
      summary: 'Where history comes from, and how each source is',
      permission: 'read',
      response: sourcesResponseSchema,
      handle: () => ({ now: fleet.nowSeconds(), sources: sourcesOf(fleet) }),
    }),
    defineRoute({
      method: 'GET',
      path: '/sources/:name/check',
      operation: 'checkSource',
      summary: 'Asks a source now whether it can be reached and believed',
      permission: 'read',
      params: nameParams,
      response: sourceCheckSchema,
      handle: async ({ params, signal }) => {
        const source = sourceNamed(params.name);
        const began = monotonicSeconds();
        const { isHealthy, problem } = await source.check(signal);
        const tookSeconds = monotonicSeconds() - began;
        return { now: fleet.nowSeconds(), source: source.name, isHealthy, problem: problem ?? null, tookSeconds };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/sources/:name/names',
      operation: 'listSourceNames',
      summary: 'What may be asked of a source: metrics, columns or series',
      permission: 'read',
      params: nameParams,
      query: z.object({
        match: z.string().max(200).optional().meta({ description: 'What names must contain, in any case' }),
        limit: z.coerce.number().int().min(1).max(1000).optional().meta({ description: 'Default 200' }),
      }),
      response: sourceNamesSchema,
      handle: async ({ params, query: { match = '', limit = 200 } }) => {
        const source = sourceNamed(params.name);
        const names = await kept.of(source);
        if (names === undefined) {
          throw new HeadroomError('API_PARAMETER_INVALID', { name: 'name', problem: CANNOT_TELL });
        }
        const wanted = match.toLowerCase();
        const found = names.filter((name) => name.toLowerCase().includes(wanted));
        return { source: source.name, names: found.slice(0, limit), isComplete: found.length <= limit };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/sources/:name/labels',
      operation: 'listSourceLabels',
      summary: 'The labels of a metric in the last hour, each with its values',
      permission: 'read',
      params: nameParams,
      query: z.object({ metric: z.string().min(1).max(500) }),
      response: sourceLabelsSchema,
      handle: async ({ params, query: { metric }, signal }) => {
        const source = sourceNamed(params.name);
        if (source.labelSets === undefined) {
          throw new HeadroomError('API_PARAMETER_INVALID', { name: 'name', problem: CANNOT_TELL });
        }
        const sets = await source.labelSets(metric, MOST_SERIES, signal);
        return { source: source.name, metric, labels: labelsOf(sets), isComplete: sets.length < MOST_SERIES };
      },
    }),
  ];
}

const CANNOT_TELL = 'is a source that cannot tell what may be asked of it';
