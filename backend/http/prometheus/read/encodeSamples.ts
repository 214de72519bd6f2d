import type { LabelSet, Samples } from '../../../promql/index.ts';
import { ProtobufWriter, varintLength } from './protobuf.ts';

/** One series of a remote read answer. */
export interface ReadSeries {
  readonly labels: LabelSet;
  readonly samples: Samples;
}

/** A `ReadResponse`: for each query its series with their samples. Source: prompb/remote.proto. */
export function encodeReadResponse(results: ReadonlyArray<readonly ReadSeries[]>): Buffer {
  const response = new ProtobufWriter();
  for (const series of results) {
    const result = new ProtobufWriter();
    for (const one of series) {
      result.bytes(1, encodeSeries(one));
    }
    response.bytes(1, result.finish());
  }
  return response.finish();
}

/** The labels of a series as fields 1 of the message that is being written. */
export function writeLabels(writer: ProtobufWriter, { pairs }: LabelSet): void {
  for (let i = 0; i < pairs.length; i += 2) {
    const label = new ProtobufWriter(128);
    label.text(1, pairs[i]!);
    label.text(2, pairs[i + 1]!);
    writer.bytes(1, label.finish());
  }
}

function encodeSeries({ labels, samples: { timestamps, values } }: ReadSeries): Buffer {
  const writer = new ProtobufWriter(1024 + values.length * 24);
  writeLabels(writer, labels);
  for (let i = 0; i < values.length; i++) {
    const time = timestamps[i]!;
    writer.head(2, 10 + varintLength(time));
    writer.double(1, values[i]!);
    writer.int64(2, time);
  }
  return writer.finish();
}
