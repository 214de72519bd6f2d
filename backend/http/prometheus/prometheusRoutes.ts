import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FleetView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { authorise, type Access } from '../authorise.ts';
import { sendApiError } from './api/apiError.ts';
import { sendAnswer, type ApiRequest, type Endpoint, type NotedSource } from './api/apiRequest.ts';
import { labelNames, labelValues, series } from './api/labelEndpoints.ts';
import { closing } from './api/closing.ts';
import { Parameters } from './api/parameters.ts';
import { formatQuery, parseQueryTree, query, queryExemplars, queryRange } from './api/queryEndpoints.ts';
import { QueryGate, type QueryLimits } from './api/queryGate.ts';
import { alerts, rules } from './api/ruleEndpoints.ts';
import { buildInfo, metadata } from './api/statusEndpoints.ts';
import { knock, warmUp } from './api/warmUp.ts';
import { FleetSamples } from './fleet/fleetSamples.ts';
import { PastOutlooks } from './fleet/pastOutlooks.ts';
import { federate } from './federate.ts';
import { readEndpoint } from './read/readEndpoint.ts';
import { AlertBook } from './rules/alertBook.ts';
import { ownAlerts } from './rules/alertRules.ts';

const ROOT = '/prometheus';
const PREFIX = `${ROOT}/api/v1`;
/** How often it is looked whether a group of rules is due. */
const RULES_EVERY_MS = 15_000;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export interface PrometheusDeps {
  readonly fleet: FleetView;
  readonly access: Access;
  /** Headroom's own. */
  readonly version: string;
  readonly limits?: QueryLimits;
  /** Where the samples of one request come from; the fleet where absent. */
  readonly openSource?: () => NotedSource;
}

/** The Prometheus API under `/prometheus/api/v1`: queries over the past and the future of the fleet, and remote read. */
export async function prometheusRoutes(app: FastifyInstance, deps: PrometheusDeps): Promise<void> {
  await app.register((scope, _options, done) => {
    registerAll(scope, deps);
    done();
  });
}

function registerAll(app: FastifyInstance, deps: PrometheusDeps): void {
  const gate = new QueryGate(deps.limits);
  const past = new PastOutlooks(deps.fleet);
  const openSource = deps.openSource ?? (() => new FleetSamples(deps.fleet, past));
  const book = new AlertBook(ownAlerts(), (work) =>
    gate.run(undefined, new AbortController().signal, ({ checkpoint, pool }) =>
      work(openSource(), { checkpoint, pool, maxSamples: gate.limits.maxSamples })
    )
  );
  const timer = setInterval(() => {
    void book.evaluateDue(nowMsOf(deps));
  }, RULES_EVERY_MS);
  timer.unref();
  const closed = new AbortController();
  app.addHook('onListen', (done) => {
    void getWarm(app, deps, closed.signal).catch((error: unknown) => {
      app.log.warn(error, 'The first queries will take longer');
    });
    done();
  });
  app.addHook('onClose', (_closed, done) => {
    closed.abort();
    clearInterval(timer);
    done();
  });
  app.setErrorHandler((error, request, reply) => sendApiError(error, request, reply));
  // Bodies are forms, or else no parameters; whatever their type says.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, _reply, done) => {
    authorise(request, 'read', deps.access);
    done();
  });

  const handle = (endpoint: (request: ApiRequest, raw: FastifyRequest) => ReturnType<Endpoint>) => {
    return async (raw: FastifyRequest, reply: FastifyReply) =>
      sendAnswer(await endpoint(apiRequest(raw, reply, deps, gate, openSource), raw), reply);
  };
  const both: Readonly<Record<string, Endpoint>> = {
    '/query': query,
    '/query_range': queryRange,
    '/query_exemplars': queryExemplars,
    '/format_query': formatQuery,
    '/parse_query': parseQueryTree,
    '/series': series,
    '/labels': labelNames,
    '/metadata': metadata,
    '/rules': rules(book),
    '/alerts': alerts(book),
    '/status/buildinfo': () => buildInfo(deps.version),
  };
  for (const [path, endpoint] of Object.entries(both)) {
    route(app, path, ['GET', 'POST'], handle(endpoint));
  }
  route(
    app,
    '/label/:name/values',
    ['GET', 'POST'],
    handle((request, raw) => labelValues(request, (raw.params as { readonly name: string }).name))
  );
  route(
    app,
    '/federate',
    ['GET'],
    async (raw, reply) => await federate(apiRequest(raw, reply, deps, gate, openSource), reply),
    ROOT
  );
  route(app, '/read', ['POST'], readEndpoint(openSource, gate));
  app.all(`${PREFIX}/*`, (request) => {
    throw new HeadroomError('API_ROUTE_NOT_FOUND', { path: request.url.split('?')[0] });
  });
}

async function getWarm(app: FastifyInstance, deps: PrometheusDeps, signal: AbortSignal): Promise<void> {
  await knock(app.server);
  await warmUp((source) => privateRoutes(deps, source), signal);
}

/** The same routes over other samples, in an app that listens nowhere. */
function privateRoutes({ fleet, version }: PrometheusDeps, source: NotedSource): FastifyInstance {
  const app = fastify();
  const access = { tokens: new Map(), isReadPublic: true };
  void app.register((scope) => prometheusRoutes(scope, { fleet, version, access, openSource: () => source }));
  return app;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** A path with its methods; any other method is answered with 405. */
function route(
  app: FastifyInstance,
  path: string,
  methods: ReadonlyArray<'GET' | 'POST'>,
  handler: Handler,
  prefix = PREFIX
): void {
  const url = prefix + path;
  app.route({ method: [...methods], url, handler, exposeHeadRoute: false });
  app.route({
    method: METHODS.filter((method) => !(methods as readonly string[]).includes(method)),
    url,
    handler: (request, reply) => {
      void reply.header('allow', methods.join(', '));
      throw new HeadroomError('API_METHOD_NOT_ALLOWED', {
        method: request.method,
        path: url,
        allowed: methods.join(' or '),
      });
    },
  });
}

function apiRequest(
  raw: FastifyRequest,
  reply: FastifyReply,
  { fleet }: PrometheusDeps,
  gate: QueryGate,
  openSource: () => NotedSource
): ApiRequest {
  const isForm = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(raw.headers['content-type'] ?? '');
  const body = isForm && Buffer.isBuffer(raw.body) ? raw.body.toString() : '';
  const queryAt = raw.url.indexOf('?');
  return {
    parameters: new Parameters(body, queryAt < 0 ? '' : raw.url.slice(queryAt + 1)),
    signal: closing(reply),
    nowMs: nowMsOf({ fleet }),
    gate,
    source: openSource(),
  };
}

function nowMsOf({ fleet }: Pick<PrometheusDeps, 'fleet'>): number {
  return Math.round(fleet.nowSeconds() * 1000);
}
