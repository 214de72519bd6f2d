import { z } from 'zod';
import { featuresResponseSchema } from '../../../contract/index.ts';
import { featuredSeries, type FleetView, type WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { importanceAnswer, type ForecastImportance } from '../../evaluation/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { featuresOf } from './featuresOf.ts';
import { timeParameter } from './timeParameter.ts';

const ALL = 'all';
const DAY_SECONDS = 86_400;

export interface FeaturesDeps {
  readonly fleet: FleetView & {
    importance(workload: string, series: string): Promise<ForecastImportance | undefined>;
  };
}

/**
 * `GET /workloads/{name}/features`: the last day of the demand where nothing else is asked for; with what the forecast
 * used where one series is asked for by its name.
 */
export function featuresRoute({ fleet }: FeaturesDeps, workloadView: (name: string) => WorkloadView): ApiRoute {
  return defineRoute({
    method: 'GET',
    path: '/workloads/:name/features',
    operation: 'getFeatures',
    summary:
      'What is to be seen in a measured series (rolling statistics, rates, seasons, calendar, gaps, drivers), and what of it its forecast used',
    permission: 'read',
    params: z.object({ name: z.string() }),
    query: z.object({
      resource: z.string().optional().meta({
        description: 'One of `resources`, whose forecast is then explained too, or `all`; by default the demand',
      }),
      feature: z.string().optional().meta({ description: 'Names or groups of features, separated by commas' }),
      start: timeParameter.optional(),
      end: timeParameter.optional(),
    }),
    response: featuresResponseSchema,
    handle: async ({ params, query }) => {
      const view = workloadView(params.name);
      const measured = featuredSeries(view);
      const declared = view.config.series.map(({ name }) => name);
      const resource = query.resource ?? view.config.demand ?? declared[0];
      const shown = resource === ALL ? measured : measured.filter(({ name }) => name === resource);
      if (shown.length === 0 && query.resource !== undefined && ![ALL, ...declared].includes(query.resource)) {
        throw new HeadroomError('API_NOT_FOUND', {
          kind: 'resource',
          name: query.resource,
          list: `/api/v1/workloads/${encodeURIComponent(params.name)}`,
        });
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
        throw new HeadroomError('API_PARAMETER_INVALID', {
          name: 'feature',
          problem: `must be among ${[...known].join(', ')}`,
        });
      }
      const importance = query.resource === undefined ? undefined : await fleet.importance(params.name, query.resource);
      return featuresOf(fleet, view, {
        shown,
        isWanted: ({ name, group }) => wanted === undefined || wanted.includes(name) || wanted.includes(group),
        startSeconds,
        endSeconds,
        importance: importance === undefined ? null : importanceAnswer(importance),
      });
    },
  });
}
