import type { FastifyReply, FastifyRequest } from 'fastify';
import { HeadroomError } from '../../../errors/index.ts';

type ErrorType =
  | 'bad_data'
  | 'execution'
  | 'timeout'
  | 'canceled'
  | 'internal'
  | 'not_found'
  | 'unauthorized'
  | 'forbidden'
  | 'method_not_allowed'
  | 'too_large';

const TYPES: Readonly<Record<number, ErrorType>> = {
  400: 'bad_data',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  422: 'execution',
  503: 'timeout',
};

/** Sends an error in the form of Prometheus' API, whatever it was; what is not coded is logged and told to nobody. */
export function sendApiError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof HeadroomError ? error : fromFastify(error);
  if (known === undefined || known.status >= 500) {
    request.log.error({ err: error }, 'a query failed');
  }
  const status = known?.status ?? 500;
  if (status === 401) {
    void reply.header('www-authenticate', 'Bearer');
  }
  const errorType = known?.code === 'PROMQL_CANCELED' ? 'canceled' : (TYPES[status] ?? 'internal');
  return reply
    .status(status)
    .type('application/json')
    .send(JSON.stringify({ status: 'error', errorType, error: known?.message ?? 'internal error' }));
}

function fromFastify(
  error: unknown
): { readonly status: number; readonly code: string; readonly message: string } | undefined {
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? {
        status: statusCode === 415 ? 400 : statusCode,
        code: code ?? '',
        message: message ?? 'the request cannot be read',
      }
    : undefined;
}
