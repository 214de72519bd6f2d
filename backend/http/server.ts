import compress from '@fastify/compress';
import formbody from '@fastify/formbody';
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { HeadroomError } from '../errors/index.ts';
import type { ApiRoute } from './app/apiRoute.ts';
import { openApi } from './app/openApi.ts';
import type { Access } from './authorise.ts';
import type { Caller } from './caller.ts';
import { eventStream } from './eventStream.ts';
import { identifyCaller } from './identity/identifyCaller.ts';
import { lineStream } from './lineStream.ts';
import { handleErrors, sendProblem } from './problem.ts';

const BODY_LIMIT_BYTES = 1_048_576;
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;
const TIMEOUTS: Timeouts = { headersMs: HEADERS_TIMEOUT_MS, requestMs: REQUEST_TIMEOUT_MS, checkMs: 5000 };
/** Longer than a query may take, which says nothing until it is done. */
const SILENCE_TIMEOUT_MS = 150_000;
/** Grafana's routes: `sidecar` reads, the others are named after the permission whose token they send. */
const PLUGIN_PROXY = /^\/api\/plugin-proxy\/headroom-capacity-app\/(?:sidecar|propose|approve|scale|admin)\//;

/** How long a client may take to send; it is looked every `checkMs`. */
export interface Timeouts {
  readonly headersMs: number;
  /** Headers and body. */
  readonly requestMs: number;
  readonly checkMs: number;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly reasons: readonly string[];
}

export interface ServerOptions {
  readonly access: Access;
  readonly version: string;
  readonly routes: readonly ApiRoute[];
  readonly readiness: () => Readiness;
  /** Further routes: the Prometheus API, metrics, the workbench. */
  readonly plugins: ReadonlyArray<(app: FastifyInstance) => Promise<void>>;
  readonly logger: FastifyServerOptions['logger'] | FastifyBaseLogger;
  readonly timeouts?: Timeouts;
}

/** The sidecar's HTTP server, not yet listening; limits: bodies of 1 MiB, a minute to send a request, 15 s its head. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { access, logger, timeouts = TIMEOUTS } = options;
  const app = fastify({
    ...(typeof logger === 'object' && 'child' in logger ? { loggerInstance: logger } : { logger: logger ?? false }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: timeouts.requestMs,
    http: { headersTimeout: timeouts.headersMs, connectionsCheckingInterval: timeouts.checkMs },
    connectionTimeout: SILENCE_TIMEOUT_MS,
    routerOptions: { maxParamLength: 500 },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // In Grafana the app's proxy takes its own prefix away; in the workbench this does.
    rewriteUrl: ({ url = '/' }) => url.replace(PLUGIN_PROXY, '/'),
  });
  handleErrors(app, BODY_LIMIT_BYTES);
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new HeadroomError('API_ROUTE_NOT_FOUND', { path: request.url.split('?')[0] }), request, reply)
  );
  await app.register(compress, { threshold: 1024, encodings: ['gzip', 'deflate'], globalDecompression: false });
  await app.register(formbody, { bodyLimit: BODY_LIMIT_BYTES });
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    done(null, payload);
  });

  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', (_request, reply) => {
    const { isReady, reasons } = options.readiness();
    return reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', reasons });
  });
  const document = openApi(options.routes, options.version);
  app.get('/openapi.json', () => document);
  registerRoutes(app, options.routes, access);
  for (const plugin of options.plugins) {
    await app.register(plugin);
  }
  return app;
}

/** Who asks, from the check before a body is read to the handler. */
const callers = new WeakMap<FastifyRequest, Caller>();

function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request);
  if (caller === undefined) {
    throw new TypeError('a request reached its handler without having been let in');
  }
  return caller;
}

function registerRoutes(app: FastifyInstance, routes: readonly ApiRoute[], access: Access): void {
  const closing = new AbortController();
  app.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const url = `/api/v1${route.path}`;
    methods.set(url, [...(methods.get(url) ?? []), route.method]);
    app.route({
      method: route.method,
      url,
      ...(route.isEvents === true ? { compress: false as const } : {}),
      onRequest: async (request) => {
        const permission = route.permissionOf?.(request.params) ?? route.permission;
        callers.set(request, await identifyCaller(request, permission, access));
      },
      handler: async (request, reply) => {
        const abort = new AbortController();
        reply.raw.once('close', () => {
          abort.abort();
        });
        const answer = await route.handle({
          params: request.params,
          query: request.query,
          body: request.body,
          headers: request.headers,
          caller: callerOf(request),
          signal: AbortSignal.any([abort.signal, closing.signal]),
        });
        if ('events' in answer) {
          // A proxy in between (nginx) must not hold events back.
          void reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
          return reply.type('text/event-stream').send(eventStream(answer.events));
        }
        if ('lines' in answer) {
          void reply.header('cache-control', 'no-store');
          void reply.header('content-disposition', `attachment; filename="${answer.fileName}"`);
          return reply.type('application/x-ndjson').send(lineStream(answer.lines));
        }
        if ('text' in answer) {
          void reply.header('cache-control', 'no-store');
          return reply
            .headers(answer.headers ?? {})
            .type(answer.type)
            .send(answer.text);
        }
        return reply
          .status(answer.status ?? route.status ?? 200)
          .headers(answer.headers ?? {})
          .type('application/json')
          .send(answer.body);
      },
    });
  }
  for (const [url, allowed] of methods) {
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => !allowed.includes(method) && !(method === 'HEAD' && allowed.includes('GET'))
    );
    app.route({
      method: others,
      url,
      handler: (request, reply) => {
        void reply.header('allow', allowed.join(', '));
        throw new HeadroomError('API_METHOD_NOT_ALLOWED', {
          method: request.method,
          path: url,
          allowed: allowed.join(' or '),
        });
      },
    });
  }
}
