import { z } from 'zod';
import { kpiBySchema, kpiPeriodSchema, kpisResponseSchema, type KpisResponse } from '../../../contract/index.ts';
import type { KpiKeeper } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { kpiCsv } from './kpiCsv.ts';
import { kpiFigures } from './kpiFigures.ts';
import { timeParameter } from './timeParameter.ts';

const DAY_SECONDS = 86_400;
const DEFAULT_DAYS = 30;
const MOST_DAYS = 400;

export interface KpiRouteDeps {
  readonly kpis: Pick<KpiKeeper, 'days'>;
  readonly nowSeconds: () => number;
}

/** `/kpis`: what Headroom was worth, as JSON or CSV. */
export function kpiRoutes({ kpis, nowSeconds }: KpiRouteDeps): ApiRoute[] {
  const route = defineRoute({
    method: 'GET',
    path: '/kpis',
    operation: 'getKpis',
    summary:
      'Utilisation, slack, cost, savings, violations and SLO of whole UTC days against the reactive autoscaler on the same demand; CSV where asked for',
    permission: 'read',
    query: z.object({
      start: timeParameter.optional().meta({ description: 'Default 30 days before the end' }),
      end: timeParameter.optional().meta({ description: 'Its day is not in it; default today' }),
      by: kpiBySchema.optional(),
      period: kpiPeriodSchema.optional(),
      workload: z.string().optional().meta({ description: 'This one alone' }),
      format: z.enum(['json', 'csv'], { error: 'must be json or csv' }).optional(),
    }),
    response: kpisResponseSchema,
    handle: async ({ query }) => {
      const now = nowSeconds();
      const endSeconds = dayOf(query.end ?? now);
      const startSeconds = dayOf(query.start ?? endSeconds - DEFAULT_DAYS * DAY_SECONDS);
      if (endSeconds <= startSeconds || endSeconds - startSeconds > MOST_DAYS * DAY_SECONDS) {
        throw new HeadroomError('API_PARAMETER_INVALID', {
          name: 'end',
          problem: `must lie a day to ${String(MOST_DAYS)} days after start`,
        });
      }
      const question = { startSeconds, endSeconds, by: query.by ?? null, period: query.period ?? null };
      const days = (await kpis.days(startSeconds, endSeconds)).filter(
        ({ workload }) => query.workload === undefined || workload === query.workload
      );
      return {
        now,
        start: startSeconds,
        end: endSeconds,
        by: question.by,
        period: question.period,
        figures: await kpiFigures(days, question),
      };
    },
  });
  return [
    {
      ...route,
      handle: async (input) => {
        const answer = await route.handle(input);
        const { format } = (input.query ?? {}) as { format?: string };
        const isCsv = format === 'csv' || (format === undefined && asksForCsv(input.headers['accept']));
        return isCsv && 'body' in answer
          ? {
              text: kpiCsv((answer.body as KpisResponse).figures),
              type: 'text/csv; charset=utf-8; header=present',
              headers: { 'content-disposition': 'attachment; filename="headroom-kpis.csv"' },
            }
          : answer;
      },
    },
  ];
}

function dayOf(seconds: number): number {
  return Math.floor(seconds / DAY_SECONDS) * DAY_SECONDS;
}

function asksForCsv(accept: string | readonly string[] | undefined): boolean {
  return String(accept ?? '')
    .split(',')
    .some((each) => /^\s*text\/csv\b/i.test(each));
}
