import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../contract/index.ts';
import { errorTitle, HeadroomError } from '../errors/index.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** Any error as it goes over the wire: coded ones as they are, Fastify's own translated, the rest INTERNAL. */
export function toHeadroomError(error: unknown, request: FastifyRequest, limitBytes: number): HeadroomError {
  if (error instanceof HeadroomError) {
    return error;
  }
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (statusCode === 413) {
    return new HeadroomError('API_BODY_TOO_LARGE', { limitBytes });
  }
  if (statusCode === 415) {
    return new HeadroomError('API_MEDIA_TYPE_UNSUPPORTED', {
      mediaType: request.headers['content-type'] ?? 'none',
      supported: 'application/json',
    });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HeadroomError('API_BODY_INVALID', { problem: message ?? code ?? 'it cannot be read' });
  }
  return new HeadroomError('INTERNAL', { requestId: request.id }, { cause: error });
}

/** RFC 9457 problem details of an error. */
export function problemOf(error: HeadroomError, instance: string): Problem {
  return {
    type: `https://github.com/headroom-capacity/headroom/blob/main/docs/errors.md#${error.code.toLowerCase()}`,
    title: errorTitle(error.code),
    status: error.status,
    detail: error.message,
    code: error.code,
    action: error.action,
    instance,
  };
}

/** Sends an error as problem details; what is not coded is logged whole and told to nobody, but that a client left. */
export function sendProblem(error: HeadroomError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.status >= 500 && !hasLeft(error, reply)) {
    request.log.error({ err: error.cause ?? error, code: error.code }, error.message);
  }
  if (error.status === 401) {
    void reply.header('www-authenticate', 'Bearer');
  }
  if (error.status === 503) {
    void reply.header('retry-after', '5');
  }
  return reply
    .status(error.status)
    .type(PROBLEM_TYPE)
    .send(problemOf(error, request.url.split('?')[0] ?? ''));
}

/** Makes every failure of the instance a problem document. */
export function handleErrors(app: FastifyInstance, limitBytes: number): void {
  app.setErrorHandler((error, request, reply) =>
    sendProblem(toHeadroomError(error, request, limitBytes), request, reply)
  );
}

function hasLeft({ cause }: HeadroomError, reply: FastifyReply): boolean {
  return reply.raw.destroyed && cause instanceof Error && cause.name === 'AbortError';
}
