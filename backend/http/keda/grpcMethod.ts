import type { MethodDefinition } from '@grpc/grpc-js';
import type protobuf from 'protobufjs';

/** A gRPC method whose messages are plain objects: int64 as numbers, maps as objects, absent fields at their defaults. */
export function grpcMethod<Request extends object, Answer extends object>(
  path: string,
  request: protobuf.Type,
  answer: protobuf.Type,
  responseStream = false
): MethodDefinition<Request, Answer> {
  return {
    path,
    requestStream: false,
    responseStream,
    requestSerialize: (message) => encode(request, message),
    requestDeserialize: (bytes) => decode(request, bytes) as Request,
    responseSerialize: (message) => encode(answer, message),
    responseDeserialize: (bytes) => decode(answer, bytes) as Answer,
  };
}

function encode(type: protobuf.Type, message: object): Buffer {
  return Buffer.from(type.encode(type.fromObject(message as Record<string, unknown>)).finish());
}

function decode(type: protobuf.Type, bytes: Buffer): object {
  return type.toObject(type.decode(bytes), { defaults: true, longs: Number });
}
