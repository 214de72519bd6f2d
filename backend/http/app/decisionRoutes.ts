import { z } from 'zod';
import { auditReportSchema, decisionSchema, decisionsResponseSchema } from '../../../contract/index.ts';
import { storedChain, verifyChain, type Storage } from '../../storage/index.ts';
import { defineLines, defineRoute, type ApiRoute } from './apiRoute.ts';
import { timeParameter } from './timeParameter.ts';

export interface DecisionRouteDeps {
  readonly storage: Pick<Storage, 'decisions' | 'decisionRecords'>;
  readonly nowSeconds: () => number;
}

const DEFAULT_LIMIT = 100;

/** `/decisions`: the audit, to read, to take away and to check. */
export function decisionRoutes({ storage, nowSeconds }: DecisionRouteDeps): ApiRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/decisions',
      operation: 'listDecisions',
      summary: 'Who did what, when, why and how it ended, newest first',
      permission: 'read',
      query: z.object({
        workload: z.string().optional(),
        start: timeParameter.optional(),
        end: timeParameter.optional(),
        limit: z.coerce.number().int().min(1).max(1000).optional(),
        before: z.coerce.number().int().min(1).optional().meta({ description: '`next` of the page before' }),
      }),
      response: decisionsResponseSchema,
      handle: async ({ query }) => {
        const limit = query.limit ?? DEFAULT_LIMIT;
        // One more tells whether there is a next page.
        const found = await storage.decisions({
          ...(query.workload === undefined ? {} : { workload: query.workload }),
          ...(query.start === undefined ? {} : { fromSeconds: query.start }),
          ...(query.end === undefined ? {} : { toSeconds: query.end }),
          ...(query.before === undefined ? {} : { beforeSeq: query.before }),
          limit: limit + 1,
        });
        const decisions = found.slice(0, limit);
        const next = found.length > limit ? (decisions.at(-1)?.seq ?? null) : null;
        return { now: nowSeconds(), decisions, next };
      },
    }),
    defineLines({
      path: '/decisions/export',
      operation: 'exportDecisions',
      summary: 'The chain of decisions, oldest first, one a line, for `headroom audit verify`',
      permission: 'read',
      query: z.object({
        after: z.coerce.number().int().min(0).optional().meta({ description: '`seq` of the last that is known' }),
      }),
      line: decisionSchema,
      fileName: 'headroom-decisions.ndjson',
      lines: ({ query }) => storedChain(storage, query.after),
    }),
    defineRoute({
      method: 'GET',
      path: '/decisions/verify',
      operation: 'verifyDecisions',
      summary: 'Whether every decision that is kept is as it was recorded, and none is missing between',
      permission: 'read',
      query: z.object({
        head: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
          .optional()
          .meta({ description: 'A hash that was noted before: it must be among them' }),
      }),
      response: auditReportSchema,
      handle: ({ query }) => verifyChain(storedChain(storage), query.head === undefined ? {} : { head: query.head }),
    }),
  ];
}
