import { DataFrameType, FieldType, type DataFrame, type Labels, type QueryResultMetaNotice } from '@grafana/data';

/** A reply of the Prometheus API, as far as the workbench reads it. */
export interface PrometheusReply {
  readonly status: 'success' | 'error';
  readonly error?: string;
  readonly errorType?: string;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
  readonly data?:
    | { readonly resultType: 'matrix'; readonly result: ReadonlyArray<{ metric: Labels; values: Sample[] }> }
    | { readonly resultType: 'vector'; readonly result: ReadonlyArray<{ metric: Labels; value: Sample }> }
    | { readonly resultType: 'scalar' | 'string'; readonly result: Sample };
}

type Sample = readonly [number, string];

/**
 * One frame a series, as Grafana's Prometheus data source makes them: a time field and a value field that bears the
 * series' labels; warnings and infos become notices. A step without a sample stays absent, as it came.
 */
export function framesOf(
  reply: PrometheusReply,
  query: { readonly refId: string; readonly legendFormat?: string; readonly stepMs: number }
): DataFrame[] {
  const notices: QueryResultMetaNotice[] = [
    ...(reply.warnings ?? []).map((text) => ({ severity: 'warning' as const, text })),
    ...(reply.infos ?? []).map((text) => ({ severity: 'info' as const, text })),
  ];
  return seriesOf(reply).map(({ metric, samples }): DataFrame => {
    const { __name__: name, ...labels } = metric;
    const legend = legendOf(query.legendFormat, metric);
    return {
      refId: query.refId,
      name: legend ?? name,
      length: samples.length,
      meta: { type: DataFrameType.TimeSeriesMulti, typeVersion: [0, 1], notices, custom: { resultType: 'matrix' } },
      fields: [
        {
          name: 'Time',
          type: FieldType.time,
          config: { interval: query.stepMs },
          values: samples.map(([seconds]) => seconds * 1000),
        },
        {
          name: name ?? 'Value',
          type: FieldType.number,
          labels: name === undefined ? labels : { __name__: name, ...labels },
          config: legend === undefined ? {} : { displayNameFromDS: legend },
          values: samples.map(([, text]) => numberOf(text)),
        },
      ],
    };
  });
}

function seriesOf({ data }: PrometheusReply): Array<{ metric: Labels; samples: readonly Sample[] }> {
  switch (data?.resultType) {
    case 'matrix':
      return data.result.map(({ metric, values }) => ({ metric, samples: values }));
    case 'vector':
      return data.result.map(({ metric, value }) => ({ metric, samples: [value] }));
    case 'scalar':
      return [{ metric: {}, samples: [data.result] }];
    default:
      return [];
  }
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

function legendOf(format: string | undefined, metric: Labels): string | undefined {
  if (format === undefined || format === '' || format === '__auto') {
    return undefined;
  }
  return format.replace(/\{\{\s*([^}\s]+)\s*\}\}/g, (_, label: string) => metric[label] ?? '');
}
