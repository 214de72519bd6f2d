import {
  logVerbosity,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type Metadata,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import type { KedaTls } from '../../config/index.ts';
import type { FleetView } from '../../control/index.ts';
import { HeadroomError } from '../../errors/index.ts';
import { authoriseBearer, type Access } from '../authorise.ts';
import {
  EXTERNAL_SCALER,
  type GetMetricsRequest,
  type GetMetricsResponse,
  type GetMetricSpecResponse,
  type IsActiveResponse,
  type ScaledObjectRef,
} from './externalScaler.ts';
import { grpcError } from './grpcError.ts';
import { GRPC_HEALTH, NOT_SERVING, SERVING, type HealthCheckRequest, type HealthCheckResponse } from './grpcHealth.ts';
import { scalerMetadata } from './scalerMetadata.ts';
import { isActive, scaledWorkload, scalerMetric, scalerTarget } from './scalerMetric.ts';
import { tlsCredentials } from './tlsCredentials.ts';

const METRIC_NAME = 'headroom';
const MESSAGE_LIMIT_BYTES = 65_536;
const STREAMS_LIMIT = 1000;
const STOP_MS = 5000;

export interface KedaServerOptions {
  readonly fleet: FleetView;
  readonly access: Access;
  /** Absent: not encrypted. */
  readonly tls?: KedaTls;
  readonly isReady: () => boolean;
  /** Calls back whenever a stream should look again, until what it returns is called. */
  readonly watch: (look: () => void) => () => void;
  readonly onFailure: (error: unknown) => void;
}

export interface KedaServer {
  /** Listens and returns the bound port; throws CONFIG_ENVIRONMENT_INVALID. */
  listen(host: string, port: number): Promise<number>;
  /** Ends streams, lets calls finish for five seconds. */
  close(): Promise<void>;
}

/** KEDA's external scaler over gRPC, and gRPC's health check; limits: messages of 64 KiB, 1,000 calls a connection. */
export function createKedaServer(options: KedaServerOptions): KedaServer {
  const { fleet, access } = options;
  // The log is one JSON object a line; what fails is told in the answer or thrown.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_LIMIT_BYTES,
    'grpc.max_send_message_length': MESSAGE_LIMIT_BYTES,
    'grpc.max_concurrent_streams': STREAMS_LIMIT,
  });
  const streams = new Set<() => void>();
  const told = (error: unknown) => {
    if (!(error instanceof HeadroomError)) {
      options.onFailure(error);
    }
    return grpcError(error);
  };
  const unary =
    <Request, Answer>(answer: (request: Request) => Answer, refOf: (request: Request) => ScaledObjectRef) =>
    ({ request, metadata }: ServerUnaryCall<Request, Answer>, reply: sendUnaryData<Answer>): void => {
      try {
        authoriseCall(metadata, refOf(request), access);
        reply(null, answer(request));
      } catch (error) {
        reply(told(error));
      }
    };
  const activity = ({ scalerMetadata: given }: ScaledObjectRef): boolean => {
    const metadata = scalerMetadata(given);
    const view = fleet.workload(metadata.workload);
    return view === undefined || isActive(view, metadata, fleet.nowSeconds());
  };

  server.addService(EXTERNAL_SCALER, {
    IsActive: unary(
      (ref: ScaledObjectRef): IsActiveResponse => ({ result: activity(ref) }),
      (ref) => ref
    ),
    GetMetricSpec: unary(
      (ref: ScaledObjectRef): GetMetricSpecResponse => {
        const metadata = scalerMetadata(ref.scalerMetadata);
        const target = scalerTarget(scaledWorkload(fleet, metadata.workload), metadata);
        return { metricSpecs: [{ metricName: METRIC_NAME, targetSize: Math.ceil(target), targetSizeFloat: target }] };
      },
      (ref) => ref
    ),
    GetMetrics: unary(({ scaledObjectRef, metricName }: GetMetricsRequest): GetMetricsResponse => {
      const metadata = scalerMetadata(scaledObjectRef?.scalerMetadata ?? {});
      const view = scaledWorkload(fleet, metadata.workload);
      const value = scalerMetric(view, metadata, fleet.nowSeconds());
      return { metricValues: [{ metricName, metricValue: Math.ceil(value), metricValueFloat: value }] };
    }, refOfMetrics),
    StreamIsActive: (call: ServerWritableStream<ScaledObjectRef, IsActiveResponse>): void => {
      let last: boolean | undefined;
      const look = (): void => {
        try {
          const result = activity(call.request);
          if (result !== last) {
            last = result;
            call.write({ result });
          }
        } catch (error) {
          end();
          call.emit('error', told(error));
        }
      };
      try {
        authoriseCall(call.metadata, call.request, access);
      } catch (error) {
        call.emit('error', told(error));
        return;
      }
      const unwatch = options.watch(look);
      const end = (): void => {
        unwatch();
        streams.delete(finish);
      };
      const finish = (): void => {
        end();
        call.end();
      };
      streams.add(finish);
      call.on('cancelled', end);
      look();
    },
  });
  server.addService(GRPC_HEALTH, {
    Check: (
      _call: ServerUnaryCall<HealthCheckRequest, HealthCheckResponse>,
      reply: sendUnaryData<HealthCheckResponse>
    ): void => {
      reply(null, { status: options.isReady() ? SERVING : NOT_SERVING });
    },
  });

  let unwatchFiles = (): void => undefined;
  const credentialsOf = (): ServerCredentials => {
    if (options.tls === undefined) {
      return ServerCredentials.createInsecure();
    }
    const { credentials, refresh } = tlsCredentials(options.tls);
    let problem = '';
    unwatchFiles = options.watch(() => {
      try {
        refresh();
        problem = '';
      } catch (error) {
        const next = (error as Error).message;
        if (next !== problem) {
          problem = next;
          options.onFailure(error);
        }
      }
    });
    return credentials;
  };

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        const address = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
        server.bindAsync(address, credentialsOf(), (cause, bound) => {
          if (cause === null) {
            resolve(bound);
            return;
          }
          const problem = `cannot listen on ${address}: ${cause.message}`;
          reject(new HeadroomError('CONFIG_ENVIRONMENT_INVALID', { name: 'HEADROOM_KEDA_LISTEN', problem }, { cause }));
        });
      }),
    close: () =>
      new Promise((resolve) => {
        unwatchFiles();
        for (const finish of [...streams]) {
          finish();
        }
        const force = setTimeout(() => {
          server.forceShutdown();
          resolve();
        }, STOP_MS);
        server.tryShutdown(() => {
          clearTimeout(force);
          resolve();
        });
      }),
  };
}

function refOfMetrics({ scaledObjectRef }: GetMetricsRequest): ScaledObjectRef {
  return scaledObjectRef ?? { name: '', namespace: '', scalerMetadata: {} };
}

/** KEDA sends no headers of its own: its token comes as `tokenFromEnv`, which it fills from the workload's environment. */
function authoriseCall(metadata: Metadata, { scalerMetadata: given }: ScaledObjectRef, access: Access): void {
  const [header] = metadata.get('authorization');
  const token = given['tokenFromEnv'];
  const bearer = header?.toString() ?? (token === undefined ? undefined : `Bearer ${token}`);
  authoriseBearer(bearer, 'read', access);
}
