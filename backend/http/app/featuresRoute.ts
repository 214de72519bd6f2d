import { z } from 'zod';
import { featuresResponseSchema } from '../../../contract/index.ts';
import { featuredSeries, type FleetView, type WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { featuresOf } from './featuresOf.ts';
import { timeParameter } from './timeParameter.ts';

const ALL = 'all';
const DAY_SECONDS = 86_400;

/** `GET /workloads/{name}/features`: the last day of the demand where nothing else is asked for. */
export function featuresRoute(fleet: FleetView, workloadView: (name: string) => WorkloadView): ApiRoute {
  return defineRoute({
    method: 'GET',
    path: '/workloads/:name/features',
    operation: 'getFeatures',
    summary: 'What is to be seen in a measured series: rolling statistics, rates, seasons, calendar, gaps, drivers',
    permission: 'read',
    params: z.object({ name: z.string() }),
    query: z.object({
      resource: z.string().optional().meta({ description: 'One of `resources`, or `all`; by default the demand' }),
      feature: z.string().optional().meta({ description: 'Names or groups of features, separated by commas' }),
      start: timeParameter.optional(),
      end: timeParameter.optional(),
    }),
    response: featuresResponseSchema,
    handle: ({ params, query }) => {
      const view = workloadView(params.name);
      const measured = featuredSeries(view);
      const declared = view.config.series.map(({ name }) => name);
      const resource = query.resource ?? view.config.demand ?? declared[0];
      const shown = resource === ALL ? measured : measured.filter(({ name }) => name === resource);
      if (shown.length === 0 && query.resource !== undefined && ![ALL, ...declared].includes(query.resource)) {
        refuse('resource', [ALL, ...new Set([...declared, ...measured.map(({ name }) => name)])]);
      }
      const now = fleet.nowSeconds();
      const startSeconds = query.start ?? (query.end ?? now) - DAY_SECONDS;
      const endSeconds = query.end ?? Math.max(now, startSeconds);
      if (endSeconds < startSeconds) {
        throw new HeadroomError('API_PARAMETER_INVALID', { name: 'end', problem: 'must not be before start' });
      }
      const wanted = query.feature?.split(',').map((name) => name.trim());
      const features = shown.flatMap((featured) => featured.features());
      const known = new Set(features.flatMap(({ name, group }) => [group, name]));
      if (shown.length > 0 && wanted?.some((name) => !known.has(name)) === true) {
        refuse('feature', [...known]);
      }
      return featuresOf(fleet, view, {
        shown,
        isWanted: ({ name, group }) => wanted === undefined || wanted.includes(name) || wanted.includes(group),
        startSeconds,
        endSeconds,
      });
    },
  });
}

function refuse(name: string, known: readonly string[]): never {
  throw new HeadroomError('API_PARAMETER_INVALID', { name, problem: `must be among ${known.join(', ')}` });
}
