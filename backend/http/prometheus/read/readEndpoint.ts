import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compress, uncompress } from 'snappy';
import { HeadroomError } from '../../../errors/index.ts';
import { compareLabelSets, LabelSet } from '../../../promql/index.ts';
import type { NotedSource } from '../api/apiRequest.ts';
import { badData } from '../api/parameters.ts';
import { closing } from '../api/closing.ts';
import { givingWay } from '../api/givingWay.ts';
import type { QueryGate, QueryTurn } from '../api/queryGate.ts';
import { densify, samplesBetween } from './densify.ts';
import { encodeChunkStream } from './encodeChunks.ts';
import { encodeReadResponse, type ReadSeries } from './encodeSamples.ts';
import { decodeReadRequest, type ReadQuery } from './readRequest.ts';

/** The lookback of a Prometheus that is not told otherwise: points must not be further apart. */
const READER_LOOKBACK_MS = 300_000;
/** A request is a few hundred bytes; this bounds what a small body can unfold to. */
const LARGEST_REQUEST = 1_048_576;
const NOTHING = { timestamps: new Float64Array(), values: new Float64Array() };

/** Samples between two breaths: some milliseconds of work. */
const BREATH_SAMPLES = 100_000;

/** `read`: Prometheus' remote read, as samples or, where the reader prefers it, as a stream of chunks. */
export function readEndpoint(
  openSource: () => NotedSource,
  gate: QueryGate
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const { queries, wantsChunks } = decodeReadRequest(await unpack(request.body));
    const results = await gate.run(undefined, closing(reply), (turn) =>
      readAll(openSource(), queries, turn, gate.limits.maxSamples)
    );
    if (wantsChunks) {
      return reply
        .header('content-type', 'application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse')
        .send(Readable.from(givingWay(allChunks(results))));
    }
    return reply
      .header('content-type', 'application/x-protobuf')
      .header('content-encoding', 'snappy')
      .send(await compress(encodeReadResponse(results)));
  };
}

/** The series of all queries, within what one query, and all together, may hold. */
async function readAll(
  source: NotedSource,
  queries: readonly ReadQuery[],
  { checkpoint, pool }: QueryTurn,
  maxSamples: number
): Promise<ReadSeries[][]> {
  const results: ReadSeries[][] = [];
  let held = 0;
  let rested = 0;
  try {
    for (const query of queries) {
      const series: ReadSeries[] = [];
      for (const one of await readSeries(source, query)) {
        const samples = query.isSeriesOnly ? NOTHING : one.samples();
        if (held + samples.values.length > maxSamples || !pool.take(samples.values.length)) {
          throw new HeadroomError('PROMQL_TOO_MANY_SAMPLES', { limit: maxSamples });
        }
        held += samples.values.length;
        if (samples.values.length > 0 || query.isSeriesOnly) {
          series.push({ labels: one.labels, samples });
        }
        if (held - rested > BREATH_SAMPLES) {
          rested = held;
          await checkpoint();
        }
      }
      results.push(series);
      await checkpoint();
    }
    return results;
  } finally {
    pool.take(-held);
  }
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
  { minMs, maxMs, matchers, isSeriesOnly }: ReadQuery
): Promise<Array<{ readonly labels: LabelSet; samples(): ReadSeries['samples'] }>> {
  const selected = await source.select(matchers, {
    minMs,
    maxMs,
    lookbackMs: READER_LOOKBACK_MS,
    isLabelsOnly: isSeriesOnly,
  });
  const between = samplesBetween(minMs, maxMs);
  return selected
    .map((series) => ({
      labels: LabelSet.from(series.labels),
      samples: () => between(densify(series.samples(), series.lookbackMs ?? 0, READER_LOOKBACK_MS, maxMs)),
    }))
    .sort((a, b) => compareLabelSets(a.labels, b.labels));
}

function* allChunks(results: ReadonlyArray<readonly ReadSeries[]>): Generator<Buffer, undefined> {
  for (const [index, series] of results.entries()) {
    yield* encodeChunkStream(series, index);
  }
  return undefined;
}
