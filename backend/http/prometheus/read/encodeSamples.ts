import type { LabelSet, Samples } from '../../../promql/index.ts';
import { ProtobufWriter, varintLength } from './protobuf.ts';

/** One series of a remote read answer. */
export interface ReadSeries {
  readonly labels: LabelSet;
  readonly samples: Samples;
}

/** Samples at some times, encoded with their values left open: series of one forecast have the same times. */
interface SampleFrame {
  readonly timestamps: Float64Array;
  readonly bytes: Buffer;
  /** Where the value of each is. */
  readonly places: Uint32Array;
}

/** A `ReadResponse`: for each query its series with their samples. Source: prompb/remote.proto. */
export function encodeReadResponse(results: ReadonlyArray<readonly ReadSeries[]>): Buffer {
  const response = new ProtobufWriter();
  let frame: SampleFrame | undefined;
  for (const series of results) {
    const encoded = series.map((one) => {
      frame = frame !== undefined && isSame(frame.timestamps, one.samples.timestamps) ? frame : frameOf(one.samples);
      return { labels: encodeLabels(one.labels), frame, values: one.samples.values };
    });
    const sizeOf = (one: (typeof encoded)[number]): number => one.labels.length + one.frame.bytes.length;
    response.head(
      1,
      encoded.reduce((sum, one) => sum + 1 + varintLength(sizeOf(one)) + sizeOf(one), 0)
    );
    for (const one of encoded) {
      response.head(1, sizeOf(one));
      response.raw(one.labels);
      response.filled(one.frame.bytes, one.frame.places, one.values);
    }
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

function encodeLabels(labels: LabelSet): Buffer {
  const writer = new ProtobufWriter(512);
  writeLabels(writer, labels);
  return writer.finish();
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a === b) {
    return true;
  }
  if (a.length !== b.length) {
    return false;
  }
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) {
      return false;
    }
  }
  return true;
}

function frameOf({ timestamps }: Samples): SampleFrame {
  const writer = new ProtobufWriter(1024 + timestamps.length * 24);
  const places = new Uint32Array(timestamps.length);
  for (let i = 0; i < timestamps.length; i++) {
    const time = timestamps[i]!;
    writer.head(2, 10 + varintLength(time));
    writer.double(1, 0);
    places[i] = writer.length - 8;
    writer.int64(2, time);
  }
  return { timestamps, bytes: writer.finish(), places };
}
