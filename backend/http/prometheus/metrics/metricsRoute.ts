import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { FleetView } from '../../../control/index.ts';
import { authorise, type Access } from '../../authorise.ts';
import { horizonMetrics } from './horizonMetrics.ts';
import type { SidecarMetrics } from './sidecarMetrics.ts';
import { workloadMetrics } from './workloadMetrics.ts';

export interface MetricsDeps {
  /** `queued`: jobs that wait to be computed. */
  readonly fleet: FleetView & { queued?(): number };
  readonly access: Access;
  readonly metrics: SidecarMetrics;
}

/** `GET /metrics`: the fleet at its horizons and the sidecar's own health; counts and times every request from then on. */
export function metricsRoute(app: FastifyInstance, { fleet, access, metrics }: MetricsDeps): Promise<void> {
  if (fleet.queued !== undefined) {
    metrics.watchQueue('compute', () => fleet.queued?.() ?? 0);
  }
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const begin = performance.now();
    // The address is rewritten while the request is served; the route it was sent to is what counts.
    const { method = '', url = '' } = request;
    response.once('finish', () => {
      metrics.request(routeOf(url), method, response.statusCode, (performance.now() - begin) / 1000);
    });
  });
  app.route({
    method: 'GET',
    url: '/metrics',
    onRequest: (request, _reply, done) => {
      authorise(request, 'read', access);
      done();
    },
    handler: async (_request, reply) => {
      const text = [await horizonMetrics(fleet), await workloadMetrics(fleet), await metrics.registry.metrics()].join(
        '\n'
      );
      return reply.type(metrics.registry.contentType).send(text);
    },
  });
  return Promise.resolve();
}

/** The route of an address with a bounded number of values: its fixed beginning. */
export function routeOf(url: string): string {
  const path =
    url.split('?')[0]?.replace(/^\/api\/plugin-proxy\/[^/]+\/(?:sidecar|propose|approve|scale)(?=\/)/, '') ?? '';
  const [, fixed] = /^((?:\/prometheus)?\/api\/v1\/[a-z_]{1,30})(?:\/|$)/.exec(path) ?? [];
  if (fixed !== undefined) {
    return KNOWN.has(fixed.slice(fixed.lastIndexOf('/') + 1)) ? fixed : 'other';
  }
  return ['/metrics', '/prometheus/federate', '/healthz', '/readyz', '/openapi.json'].includes(path) ? path : 'other';
}

const KNOWN = new Set(
  (
    'query query_range query_exemplars format_query parse_query series labels label metadata rules alerts status read ' +
    'workloads forecasts scenarios jobs recommendations decisions models experiments kpis pause'
  ).split(' ')
);
