import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compress, uncompress } from 'snappy';
import { HeadroomError } from '../../../errors/index.ts';
import { compareLabelSets, LabelSet } from '../../../promql/index.ts';
import type { NotedSource } from '../api/apiRequest.ts';
import { badData } from '../api/parameters.ts';
import type { QueryGate } from '../api/queryGate.ts';
import { densify, samplesBetween } from './densify.ts';
import { encodeChunkStream } from './encodeChunks.ts';
import { encodeReadResponse, type ReadSeries } from './encodeSamples.ts';
import { decodeReadRequest, type ReadQuery } from './readRequest.ts';

/** The lookback of a Prometheus that is not told otherwise: points must not be further apart. */
const READER_LOOKBACK_MS = 300_000;
/** A request is a few hundred bytes; this bounds what a small body can unfold to. */
const LARGEST_REQUEST = 1_048_576;

/** `read`: Prometheus' remote read, as samples or, where the reader prefers it, as a stream of chunks. */
export function readEndpoint(
  openSource: () => NotedSource,
  gate: QueryGate
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const { queries, wantsChunks } = decodeReadRequest(await unpack(request.body));
    const results = await gate.run(undefined, new AbortController().signal, async ({ checkpoint }) => {
      const source = openSource();
      const read: ReadSeries[][] = [];
      let held = 0;
      for (const query of queries) {
        const series: ReadSeries[] = [];
        for (const one of await readSeries(source, query)) {
          const samples = one.samples();
          held += samples.values.length;
          if (held > gate.limits.maxSamples) {
            throw new HeadroomError('PROMQL_TOO_MANY_SAMPLES', { limit: gate.limits.maxSamples });
          }
          if (samples.values.length > 0) {
            series.push({ labels: one.labels, samples });
          }
        }
        read.push(series);
        await checkpoint();
      }
      return read;
    });
    if (wantsChunks) {
      return reply
        .header('content-type', 'application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse')
        .send(Readable.from(allChunks(results)));
    }
    return reply
      .header('content-type', 'application/x-protobuf')
      .header('content-encoding', 'snappy')
      .send(await compress(encodeReadResponse(results)));
  };
}

async function unpack(body: unknown): Promise<Uint8Array> {
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw badData('the read request has no body');
  }
  if (unpackedLength(body) > LARGEST_REQUEST) {
    throw badData(`the read request unpacks to more than ${String(LARGEST_REQUEST)} bytes`);
  }
  try {
    return (await uncompress(body, { asBuffer: true })) as Buffer;
  } catch {
    throw badData('the read request is no snappy block');
  }
}

/** The length that a snappy block announces in its first bytes. */
function unpackedLength(block: Buffer): number {
  let length = 0;
  for (let i = 0; i < 5 && i < block.length; i++) {
    length += (block[i]! & 127) * 128 ** i;
    if (block[i]! < 128) {
      return length;
    }
  }
  return Infinity;
}

/** The series of one query, sorted by labels, with points no further apart than a reader looks back. */
async function readSeries(
  source: NotedSource,
  { minMs, maxMs, matchers }: ReadQuery
): Promise<Array<{ readonly labels: LabelSet; samples(): ReadSeries['samples'] }>> {
  const selected = await source.select(matchers, { minMs, maxMs, lookbackMs: READER_LOOKBACK_MS });
  return selected
    .map((series) => ({
      labels: LabelSet.from(series.labels),
      samples: () =>
        samplesBetween(densify(series.samples(), series.lookbackMs ?? 0, READER_LOOKBACK_MS, maxMs), minMs, maxMs),
    }))
    .sort((a, b) => compareLabelSets(a.labels, b.labels));
}

function* allChunks(results: ReadonlyArray<readonly ReadSeries[]>): Generator<Buffer, undefined> {
  for (const [index, series] of results.entries()) {
    yield* encodeChunkStream(series, index);
  }
  return undefined;
}
