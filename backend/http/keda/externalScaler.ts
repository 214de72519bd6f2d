import protobuf from 'protobufjs';
import { grpcMethod } from './grpcMethod.ts';

/**
 * KEDA's external scaler on the wire, as far as Headroom speaks it. Source: the service `externalscaler.ExternalScaler`
 * of kedacore/keda (Apache-2.0), `pkg/scalers/externalscaler/externalscaler.proto`.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    ScaledObjectRef: {
      fields: {
        name: { type: 'string', id: 1 },
        namespace: { type: 'string', id: 2 },
        scalerMetadata: { keyType: 'string', type: 'string', id: 3 } as protobuf.IMapField,
      },
    },
    IsActiveResponse: { fields: { result: { type: 'bool', id: 1 } } },
    GetMetricSpecResponse: { fields: { metricSpecs: { rule: 'repeated', type: 'MetricSpec', id: 1 } } },
    MetricSpec: {
      fields: {
        metricName: { type: 'string', id: 1 },
        targetSize: { type: 'int64', id: 2 },
        targetSizeFloat: { type: 'double', id: 3 },
      },
    },
    GetMetricsRequest: {
      fields: {
        scaledObjectRef: { type: 'ScaledObjectRef', id: 1 },
        metricName: { type: 'string', id: 2 },
      },
    },
    GetMetricsResponse: { fields: { metricValues: { rule: 'repeated', type: 'MetricValue', id: 1 } } },
    MetricValue: {
      fields: {
        metricName: { type: 'string', id: 1 },
        metricValue: { type: 'int64', id: 2 },
        metricValueFloat: { type: 'double', id: 3 },
      },
    },
  },
});

export interface ScaledObjectRef {
  readonly name: string;
  readonly namespace: string;
  readonly scalerMetadata: Readonly<Record<string, string>>;
}

export interface IsActiveResponse {
  readonly result: boolean;
}

export interface GetMetricSpecResponse {
  readonly metricSpecs: ReadonlyArray<{
    readonly metricName: string;
    readonly targetSize: number;
    readonly targetSizeFloat: number;
  }>;
}

export interface GetMetricsRequest {
  readonly scaledObjectRef: ScaledObjectRef | null;
  readonly metricName: string;
}

export interface GetMetricsResponse {
  readonly metricValues: ReadonlyArray<{
    readonly metricName: string;
    readonly metricValue: number;
    readonly metricValueFloat: number;
  }>;
}

const type = (name: string): protobuf.Type => root.lookupType(name);
const SERVICE = '/externalscaler.ExternalScaler';

/** The methods of the service, for a server and for a client. */
export const EXTERNAL_SCALER = {
  IsActive: grpcMethod<ScaledObjectRef, IsActiveResponse>(
    `${SERVICE}/IsActive`,
    type('ScaledObjectRef'),
    type('IsActiveResponse')
  ),
  StreamIsActive: grpcMethod<ScaledObjectRef, IsActiveResponse>(
    `${SERVICE}/StreamIsActive`,
    type('ScaledObjectRef'),
    type('IsActiveResponse'),
    true
  ),
  GetMetricSpec: grpcMethod<ScaledObjectRef, GetMetricSpecResponse>(
    `${SERVICE}/GetMetricSpec`,
    type('ScaledObjectRef'),
    type('GetMetricSpecResponse')
  ),
  GetMetrics: grpcMethod<GetMetricsRequest, GetMetricsResponse>(
    `${SERVICE}/GetMetrics`,
    type('GetMetricsRequest'),
    type('GetMetricsResponse')
  ),
} as const;
