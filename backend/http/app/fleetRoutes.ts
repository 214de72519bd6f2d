import { z } from 'zod';
import { sparklinesResponseSchema, workloadsResponseSchema, type WorkloadSummary } from '../../../contract/index.ts';
import type { FleetView } from '../../control/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { sparklineOf } from './sparklineOf.ts';
import { summarizeWorkload } from './summarizeWorkload.ts';

const MOST_SPARKLINES = 100;

/** The fleet as a list, and the sparklines of those of it that somebody looks at. */
export function fleetRoutes(fleet: FleetView): ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/workloads',
      operation: 'listWorkloads',
      summary: 'The fleet, most urgent first',
      permission: 'read',
      query: z.object({
        sparkline: z.enum(['true', 'false']).optional().meta({
          description: '`false` leaves out the sparklines, which are most of the answer; /api/v1/sparklines has them',
        }),
      }),
      response: workloadsResponseSchema,
      handle: ({ query }) => {
        const now = fleet.nowSeconds();
        const hasSparkline = query.sparkline !== 'false';
        const workloads = fleet.workloads().map((view) => summarizeWorkload(view, now, { hasSparkline }));
        return { now, workloads: workloads.sort(byUrgency) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/sparklines',
      operation: 'listSparklines',
      summary: 'The forecasts of some workloads around now, small enough for the lines of a table',
      permission: 'read',
      query: z.object({
        workloads: z
          .string()
          .transform((text) => text.split(','))
          .pipe(z.array(z.string().min(1, 'must be names of workloads, separated by commas')).max(MOST_SPARKLINES))
          .meta({ description: `Names, separated by commas; at most ${String(MOST_SPARKLINES)}` }),
      }),
      response: sparklinesResponseSchema,
      handle: ({ query }) => {
        const now = fleet.nowSeconds();
        const sparklines = query.workloads.flatMap((name) => {
          const view = fleet.workload(name);
          return view === undefined ? [] : [[name, sparklineOf(view, now)] as const];
        });
        return { now, sparklines: Object.fromEntries(sparklines) };
      },
    }),
  ];
}

function byUrgency(a: WorkloadSummary, b: WorkloadSummary): number {
  return (
    (a.firstShortfallAt ?? Number.MAX_VALUE) - (b.firstShortfallAt ?? Number.MAX_VALUE) ||
    worst(b) - worst(a) ||
    a.name.localeCompare(b.name)
  );
}

function worst({ shortfallProbability }: WorkloadSummary): number {
  return Math.max(0, ...Object.values(shortfallProbability ?? {}));
}
