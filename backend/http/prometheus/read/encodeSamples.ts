import type { LabelSet, Samples } from '../../../promql/index.ts';
import { LabelWriter } from './labelWriter.ts';
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
  const labelWriter = new LabelWriter();
  let frame: SampleFrame | undefined;
  const encoded = results.map((series) =>
    series.map((one) => {
      frame = frame !== undefined && isSame(frame.timestamps, one.samples.timestamps) ? frame : frameOf(one.samples);
      const labels = labelWriter.encode(one.labels);
      return { labels, frame, values: one.samples.values, size: labels.length + frame.bytes.length };
    })
  );
  const sizes = encoded.map((series) => series.reduce((sum, { size }) => sum + 1 + varintLength(size) + size, 0));
  const response = new ProtobufWriter(sizes.reduce((sum, size) => sum + 1 + varintLength(size) + size, 0));
  for (const [index, series] of encoded.entries()) {
    response.head(1, sizes[index]!);
    for (const one of series) {
      response.head(1, one.size);
      response.raw(one.labels);
      response.filled(one.frame.bytes, one.frame.places, one.values);
    }
  }
  return response.finish();
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
