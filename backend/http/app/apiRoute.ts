import type { z } from 'zod';
import { formatPath, schemaFaults, type Permission } from '../../config/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import type { Caller } from '../caller.ts';

/** One route of the app API: schemas that the code validates with and `/openapi.json` is made of, and what it does. */
export interface ApiRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Under `/api/v1`, parameters as `:name`. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  /** Of a success; 200 unless given. */
  readonly status?: number;
  /** The permission where it depends on what is asked for; `permission` is then the most that it needs. */
  readonly permissionOf?: (params: unknown) => Permission;
  /** Whether it answers with events, `response` being each of them. */
  readonly isEvents?: true;
  /** Whether it answers with lines, `response` being each of them. */
  readonly isLines?: true;
  /** What it answers with, where that is neither JSON nor events nor lines. */
  readonly mediaType?: string;
  readonly handle: (input: RouteInput) => Promise<RouteAnswer>;
}

export interface RouteInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  /** Request headers, by names in lower case. */
  readonly headers: Headers;
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What goes with a document. */
export interface AnswerExtras {
  /** Default: the route's. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One document, events that are sent as they come until they end or `signal` is aborted, the lines of a file, or a text. */
export type RouteAnswer =
  | ({ readonly body: unknown } & AnswerExtras)
  | { readonly events: AsyncIterable<unknown> }
  | { readonly lines: AsyncIterable<unknown>; readonly fileName: string }
  | { readonly text: string; readonly type: string; readonly headers?: Readonly<Record<string, string>> };

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Declares a route whose handler gets what the schemas made of the request. */
export function defineRoute<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType = z.ZodType,
>(
  route: Omit<ApiRoute, 'params' | 'query' | 'body' | 'response' | 'handle'> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    readonly response: R;
    readonly handle: (input: {
      readonly params: Parsed<P>;
      readonly query: Parsed<Q>;
      readonly body: Parsed<B>;
      readonly headers: Headers;
      readonly caller: Caller;
      readonly signal: AbortSignal;
    }) => Promise<z.output<R>> | z.output<R>;
    /** Status and headers of an answer, where they depend on it. */
    readonly extras?: (body: z.output<R>) => AnswerExtras;
  }
): ApiRoute {
  const { params, query, body, extras, ...rest } = route;
  return {
    ...rest,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    handle: async (input) => {
      const answer = await route.handle({
        params: parseParameters(params, input.params) as Parsed<P>,
        query: parseParameters(query, input.query) as Parsed<Q>,
        body: parseBody(body, input.body) as Parsed<B>,
        headers: input.headers,
        caller: input.caller,
        signal: input.signal,
      });
      return { body: answer, ...extras?.(answer) };
    },
  };
}

/** Declares a route that answers with server-sent events, each of the schema `event`. */
export function defineEvents<P extends z.ZodObject>(
  route: Pick<ApiRoute, 'path' | 'operation' | 'summary' | 'permission'> & {
    readonly params: P;
    readonly event: z.ZodType;
    readonly events: (input: { readonly params: z.output<P>; readonly signal: AbortSignal }) => AsyncIterable<unknown>;
  }
): ApiRoute {
  const { params, event, events, ...rest } = route;
  return {
    ...rest,
    method: 'GET',
    params,
    response: event,
    isEvents: true,
    handle: (input) =>
      Promise.resolve({
        events: events({ params: parseParameters(params, input.params) as z.output<P>, signal: input.signal }),
      }),
  };
}

/** Declares a route that answers with a file of lines, each one document of the schema `line`. */
export function defineLines<Q extends z.ZodObject>(
  route: Pick<ApiRoute, 'path' | 'operation' | 'summary' | 'permission'> & {
    readonly query: Q;
    readonly line: z.ZodType;
    readonly fileName: string;
    readonly lines: (input: { readonly query: z.output<Q>; readonly signal: AbortSignal }) => AsyncIterable<unknown>;
  }
): ApiRoute {
  const { query, line, fileName, lines, ...rest } = route;
  return {
    ...rest,
    method: 'GET',
    query,
    response: line,
    isLines: true,
    handle: (input) =>
      Promise.resolve({
        lines: lines({ query: parseParameters(query, input.query) as z.output<Q>, signal: input.signal }),
        fileName,
      }),
  };
}

function parseParameters(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [fault] = schemaFaults(parsed.error);
    throw new HeadroomError('API_PARAMETER_INVALID', {
      name: formatPath(fault?.path ?? []),
      problem: fault?.problem ?? 'it does not fit',
    });
  }
  return parsed.data;
}

function parseBody(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const problem = schemaFaults(parsed.error)
      .slice(0, 5)
      .map((fault) => `${fault.path.length === 0 ? 'the body' : formatPath(fault.path)} ${fault.problem}`)
      .join('; ');
    throw new HeadroomError('API_BODY_INVALID', { problem });
  }
  return parsed.data;
}
