import protobuf from 'protobufjs';
import { grpcMethod } from './grpcMethod.ts';

/** gRPC's health check. Source: the service `grpc.health.v1.Health` of grpc/grpc-proto (Apache-2.0). */
const root = protobuf.Root.fromJSON({
  nested: {
    HealthCheckRequest: { fields: { service: { type: 'string', id: 1 } } },
    HealthCheckResponse: { fields: { status: { type: 'int32', id: 1 } } },
  },
});

export interface HealthCheckRequest {
  readonly service: string;
}

export interface HealthCheckResponse {
  readonly status: number;
}

export const SERVING = 1;
export const NOT_SERVING = 2;

export const GRPC_HEALTH = {
  Check: grpcMethod<HealthCheckRequest, HealthCheckResponse>(
    '/grpc.health.v1.Health/Check',
    root.lookupType('HealthCheckRequest'),
    root.lookupType('HealthCheckResponse')
  ),
} as const;
