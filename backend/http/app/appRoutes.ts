import { z } from 'zod';
import {
  forecastRangeSchema,
  forecastResponseSchema,
  planningAggregateSchema,
  recommendationSchema,
  recommendationsResponseSchema,
  recommendationStateSchema,
  statusSchema,
  workloadDetailSchema,
  type Status,
} from '../../../contract/index.ts';
import type { ScenarioOutlook } from '../../allocation/index.ts';
import type { FleetView, RangeName, WorkloadView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { PUBLISHED_LEVELS } from '../../forecasting/index.ts';
import type { Storage } from '../../storage/index.ts';
import { recommendationTag } from './acting/recommendationTag.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { declarationRoutes, declarationTag, type DeclarationDeps } from './declarationRoutes.ts';
import { driftOf } from './driftOf.ts';
import { featuresRoute, type FeaturesDeps } from './featuresRoute.ts';
import { issuedOutlook } from './issuedOutlook.ts';
import { fleetRoutes } from './fleetRoutes.ts';
import { forecastOf } from './forecastOf.ts';
import { previewRoute, type PreviewDeps } from './previewRoute.ts';
import { defaultSpan, rangesOf, requireRange } from './ranges.ts';
import { summarizeWorkload } from './summarizeWorkload.ts';
import { timeParameter } from './timeParameter.ts';

export interface AppRouteDeps extends PreviewDeps, DeclarationDeps {
  readonly fleet: FleetView & PreviewDeps['fleet'] & FeaturesDeps['fleet'];
  readonly storage: Storage;
  readonly status: () => Status;
}

const nameParams = z.object({ name: z.string() });

/** The routes of the app API (interfaces 2.2), as far as their engines exist. */
export function appRoutes(deps: AppRouteDeps): ApiRoute[] {
  const { fleet, storage } = deps;
  const workloadView = (name: string): WorkloadView => {
    const view = fleet.workload(name);
    if (view === undefined) {
      throw new HeadroomError('API_NOT_FOUND', { kind: 'workload', name, list: '/api/v1/workloads' });
    }
    return view;
  };
  const detailOf = (view: WorkloadView) => ({
    now: fleet.nowSeconds(),
    summary: summarizeWorkload(view, fleet.nowSeconds()),
    definition: view.config.definition,
    version: deps.versionOf?.(view.config.name) ?? null,
    accuracy: [...view.accuracy],
    drift: driftOf(view),
    ranges: rangesOf(view),
    recommendation: view.recommendation ?? null,
  });

  return [
    defineRoute({
      method: 'GET',
      path: '/status',
      operation: 'getStatus',
      summary: 'Version, mode, sources, models, schedules, last errors',
      permission: 'read',
      response: statusSchema,
      handle: () => deps.status(),
    }),
    ...fleetRoutes(fleet),
    defineRoute({
      method: 'GET',
      path: '/workloads/:name',
      operation: 'getWorkload',
      summary: 'One workload: summary, declaration, accuracy, recommendation',
      permission: 'read',
      params: nameParams,
      response: workloadDetailSchema,
      handle: ({ params }) => detailOf(workloadView(params.name)),
      extras: declarationTag,
    }),
    ...declarationRoutes(deps, (name) => detailOf(workloadView(name))),
    defineRoute({
      method: 'GET',
      path: '/workloads/:name/forecast',
      operation: 'getForecast',
      summary: 'Past and future of one series at one range: actual, quantiles, capacity, shortfall probability',
      permission: 'read',
      params: nameParams,
      query: z.object({
        resource: z.string().optional(),
        levels: z
          .string()
          .regex(/^(0?\.\d+)(,0?\.\d+)*$/, 'must be levels between 0 and 1, separated by commas')
          .optional(),
        start: timeParameter.optional(),
        end: timeParameter.optional(),
        range: forecastRangeSchema.optional(),
        aggregate: planningAggregateSchema.optional(),
        scenario: z.string().optional().meta({ description: 'One that the workload keeps; of the day only' }),
        issued: timeParameter.optional().meta({
          description: 'Only what was foreseen then: the newest forecast of the hour before, whole; of the day only',
        }),
      }),
      response: forecastResponseSchema,
      handle: async ({ params, query }) => {
        const view = workloadView(params.name);
        const known = view.config.series.map((series) => series.name);
        const resource = query.resource ?? view.config.demand ?? known[0] ?? '';
        if (!known.includes(resource)) {
          throw new HeadroomError('API_PARAMETER_INVALID', {
            name: 'resource',
            problem: `must be one of ${known.join(', ')}`,
          });
        }
        const range = requireRange(view, query.range ?? 'day', query.aggregate);
        const span = defaultSpan(view, range, fleet.nowSeconds());
        const startSeconds = query.start ?? span.startSeconds;
        const endSeconds = query.end ?? span.endSeconds;
        if (endSeconds < startSeconds) {
          throw new HeadroomError('API_PARAMETER_INVALID', { name: 'end', problem: 'must not be before start' });
        }
        const levels = query.levels?.split(',').map(Number) ?? PUBLISHED_LEVELS;
        const unknown = levels.find((level) => !PUBLISHED_LEVELS.includes(level));
        if (unknown !== undefined) {
          throw new HeadroomError('API_PARAMETER_INVALID', {
            name: 'levels',
            problem: `must be among ${PUBLISHED_LEVELS.join(', ')}, not ${unknown}`,
          });
        }
        return forecastOf(fleet, view, {
          resource,
          levels,
          startSeconds,
          endSeconds,
          ...(range === undefined ? {} : { range }),
          ...(query.aggregate === undefined ? {} : { aggregate: query.aggregate }),
          ...(query.issued === undefined ? {} : { whole: await issuedOutlook(storage, view, query.issued, query) }),
          ...(query.scenario === undefined ? {} : { scenario: requireScenario(view, query.scenario, range) }),
        });
      },
    }),
    featuresRoute(deps, workloadView),
    previewRoute(deps),
    defineRoute({
      method: 'GET',
      path: '/recommendations',
      operation: 'listRecommendations',
      summary: 'Recommendations, newest first; by default those that stand',
      permission: 'read',
      query: z.object({
        workload: z.string().optional(),
        state: recommendationStateSchema.optional(),
        limit: z.coerce.number().int().min(1).max(1000).optional(),
      }),
      response: recommendationsResponseSchema,
      handle: async ({ query }) => ({
        now: fleet.nowSeconds(),
        recommendations: [
          ...(await storage.recommendations({
            ...(query.workload === undefined ? {} : { workload: query.workload }),
            states: query.state === undefined ? ['proposed', 'snoozed'] : [query.state],
            limit: query.limit ?? 100,
          })),
        ],
      }),
    }),
    defineRoute({
      method: 'GET',
      path: '/recommendations/:id',
      operation: 'getRecommendation',
      summary: 'One recommendation: current, proposed, tiers, plan, reasons, cost and risk of both',
      permission: 'read',
      params: z.object({ id: z.string() }),
      response: recommendationSchema,
      handle: async ({ params }) => {
        const found = await storage.recommendation(params.id);
        if (found === undefined) {
          throw new HeadroomError('API_NOT_FOUND', {
            kind: 'recommendation',
            name: params.id,
            list: '/api/v1/recommendations',
          });
        }
        return found;
      },
      extras: (body) => ({ headers: { etag: recommendationTag(body) } }),
    }),
  ];
}

/** What was last foreseen in a scenario of a workload. */
function requireScenario(view: WorkloadView, name: string, range: RangeName | undefined): ScenarioOutlook {
  if (range !== undefined) {
    throw new HeadroomError('API_PARAMETER_INVALID', { name: 'scenario', problem: 'goes with the range day only' });
  }
  const found = view.scenarios?.outlooks.find((outlook) => outlook.name === name);
  if (found === undefined) {
    const known = view.config.scenarios;
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: 'scenario',
      problem:
        known.length === 0
          ? 'must be one that the workload keeps, and it keeps none: name some under `scenarios` in its file'
          : known.includes(name)
            ? `${name} has no forecast yet: it comes with the workload's next one`
            : `must be one of ${known.join(', ')}`,
    });
  }
  return found;
}
