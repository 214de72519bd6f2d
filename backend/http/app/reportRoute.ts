import { z } from 'zod';
import { gatherReport } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Storage } from '../../storage/index.ts';
import { defineRoute, type ApiRoute } from './apiRoute.ts';
import { reportHtml } from './report/reportHtml.ts';
import { monthStart } from './report/monthStart.ts';

export interface ReportRouteDeps {
  readonly storage: Storage;
  readonly nowSeconds: () => number;
}

/** Nothing is run or fetched, whoever opens it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** `/report`: a month in figures, plots and words, as a page to read and print. */
export function reportRoute({ storage, nowSeconds }: ReportRouteDeps): ApiRoute {
  const route = defineRoute({
    method: 'GET',
    path: '/report',
    operation: 'getReport',
    summary:
      'A month: what was saved and how sure that is, violations, accuracy, actions, what went wrong; HTML to print',
    permission: 'read',
    query: z.object({
      month: z.string().optional().meta({ description: 'Such as 2026-11; default the present one' }),
    }),
    response: z.string(),
    handle: async ({ query }) => {
      const now = nowSeconds();
      const start = monthStart(query.month, now);
      if (start === undefined) {
        throw new HeadroomError('API_PARAMETER_INVALID', {
          name: 'month',
          problem: 'must be a month such as 2026-11, not after the present one',
        });
      }
      return reportHtml(await gatherReport(storage, start, now));
    },
  });
  return {
    ...route,
    mediaType: 'text/html',
    handle: async (input) => {
      const answer = await route.handle(input);
      return 'body' in answer
        ? {
            text: String(answer.body),
            type: 'text/html; charset=utf-8',
            headers: { 'content-security-policy': POLICY },
          }
        : answer;
    },
  };
}
