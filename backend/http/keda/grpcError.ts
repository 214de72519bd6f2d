import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { HeadroomError } from '../../errors/index.ts';

const STATUS_OF: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  503: status.UNAVAILABLE,
};

/** An error as gRPC tells it: status by the table's, details in words, the code as metadata `headroom-code`. */
export function grpcError(error: unknown): Pick<ServiceError, 'code' | 'details' | 'metadata'> {
  const metadata = new Metadata();
  if (!(error instanceof HeadroomError)) {
    metadata.set('headroom-code', 'INTERNAL');
    return { code: status.INTERNAL, details: 'Something failed inside Headroom', metadata };
  }
  metadata.set('headroom-code', error.code);
  return {
    code: STATUS_OF[error.status] ?? status.INTERNAL,
    details: `${error.message}. ${error.action}`,
    metadata,
  };
}
