import { z } from 'zod';
import { problemSchema } from '../../../contract/index.ts';
import type { ApiRoute } from './apiRoute.ts';

/** The OpenAPI 3.1 document of the app API, from the same schemas that its routes validate with. */
export function openApi(routes: readonly ApiRoute[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas = new SchemaCollector();
  const problem = { 'application/problem+json': { schema: schemas.reference(problemSchema, 'output') } };
  for (const route of routes) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    const parameters = [...schemas.parameters(route.params, 'path'), ...schemas.parameters(route.query, 'query')];
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = {
      operationId: route.operation,
      summary: route.summary,
      description: `Needs the permission \`${route.permission}\`.`,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(route.body === undefined
        ? {}
        : {
            requestBody: {
              required: !route.body.safeParse(undefined).success,
              content: { 'application/json': { schema: schemas.reference(route.body, 'input') } },
            },
          }),
      responses: {
        [String(route.status ?? 200)]: {
          description: route.status === 202 ? 'Begun' : 'Done',
          content: {
            [mediaTypeOf(route)]: {
              schema: schemas.reference(route.response, 'output'),
            },
          },
        },
        default: { description: 'Not done, and why', content: problem },
      },
      security: [{ bearer: [] }],
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Headroom',
      version,
      description:
        'Forecasts, shortfalls and recommendations. All times are UTC epoch seconds; absence is null, never 0.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function mediaTypeOf({ isEvents, isLines, mediaType }: ApiRoute): string {
  return isEvents === true
    ? 'text/event-stream'
    : isLines === true
      ? 'application/x-ndjson'
      : (mediaType ?? 'application/json');
}

/** Turns schemas into JSON Schema, the named ones (with an id) once each, under components. */
class SchemaCollector {
  readonly components: Record<string, unknown> = {};

  reference(schema: z.ZodType, io: 'input' | 'output'): unknown {
    const { $defs, id, ...body } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    delete body.$schema;
    for (const [name, definition] of Object.entries($defs ?? {})) {
      this.components[name] ??= pointHome(definition);
    }
    if (typeof id !== 'string') {
      return pointHome(body);
    }
    this.components[id] ??= pointHome(body);
    return { $ref: `#/components/schemas/${id}` };
  }

  parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] {
    return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || !z.safeParse(field, undefined).success,
      schema: this.reference(field as z.ZodType, 'input'),
    }));
  }
}

function pointHome(schema: unknown): unknown {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value
  );
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as unknown;
}
