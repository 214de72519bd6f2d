import { crc32c } from './crc32c.ts';
import { encodeXorChunk } from './encodeXorChunk.ts';
import type { ReadSeries } from './encodeSamples.ts';
import { LabelWriter } from './labelWriter.ts';
import { ProtobufWriter } from './protobuf.ts';

const XOR = 1;
const SAMPLES_PER_CHUNK = 120;
/** Bytes in one message of the stream. */
const MESSAGE_SIZE = 1_048_576;

/**
 * A `ChunkedReadResponse` stream of one query: each message with its length and CRC-32C before it. Source:
 * prompb/remote.proto and storage/remote/chunked.go.
 */
export function* encodeChunkStream(series: Iterable<ReadSeries>, queryIndex: number): Generator<Buffer, undefined> {
  const labels = new LabelWriter();
  let message = new ProtobufWriter();
  for (const one of series) {
    message.bytes(1, encodeSeries(one, labels));
    if (message.length > MESSAGE_SIZE) {
      yield frame(message, queryIndex);
      message = new ProtobufWriter();
    }
  }
  if (message.length > 0) {
    yield frame(message, queryIndex);
  }
  return undefined;
}

function encodeSeries({ labels, samples: { timestamps, values } }: ReadSeries, labelWriter: LabelWriter): Buffer {
  const writer = new ProtobufWriter(4096);
  writer.raw(labelWriter.encode(labels));
  for (let from = 0; from < values.length; from += SAMPLES_PER_CHUNK) {
    const to = Math.min(values.length, from + SAMPLES_PER_CHUNK);
    const chunk = new ProtobufWriter(2048);
    chunk.int64(1, timestamps[from]!);
    chunk.int64(2, timestamps[to - 1]!);
    chunk.int64(3, XOR);
    chunk.bytes(4, encodeXorChunk(timestamps, values, from, to));
    writer.bytes(2, chunk.finish());
  }
  return writer.finish();
}

function frame(message: ProtobufWriter, queryIndex: number): Buffer {
  if (queryIndex !== 0) {
    message.int64(2, queryIndex);
  }
  const data = message.finish();
  const head = new ProtobufWriter(16);
  head.varint(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32c(data));
  return Buffer.concat([head.finish(), checksum, data]);
}
