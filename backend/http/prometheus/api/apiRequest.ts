import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Annotation, SampleSource } from '../../../promql/index.ts';
import { encodeNotes, type Piece } from './encodeResult.ts';
import { givingWay } from './givingWay.ts';
import type { Parameters } from './parameters.ts';
import type { QueryGate } from './queryGate.ts';

/** A source of samples that also knows what is to be said about them; one for each request. */
export interface NotedSource extends SampleSource {
  notices(): readonly Annotation[];
}

/** What an endpoint works with. */
export interface ApiRequest {
  readonly parameters: Parameters;
  /** Aborted when the reader goes away. */
  readonly signal: AbortSignal;
  readonly nowMs: number;
  readonly gate: QueryGate;
  readonly source: NotedSource;
}

/** What an endpoint answers: `data` and notes, the whole answer in pieces, or that there is nothing to answer. */
export type ApiAnswer =
  | { readonly data: unknown; readonly warnings?: readonly string[]; readonly infos?: readonly string[] }
  | { readonly pieces: Generator<Piece, undefined> }
  | 'noContent';

export type Endpoint = (request: ApiRequest) => Promise<ApiAnswer> | ApiAnswer;

/** Sends an answer in the form of Prometheus' API; a long one piece by piece, as fast as it is read. */
export function sendAnswer(answer: ApiAnswer, reply: FastifyReply): FastifyReply {
  if (answer === 'noContent') {
    return reply.status(204).send();
  }
  void reply.type('application/json');
  if ('data' in answer) {
    const notes = encodeNotes({ warnings: answer.warnings ?? [], infos: answer.infos ?? [] });
    return reply.send(`{"status":"success","data":${JSON.stringify(answer.data)}${notes}}`);
  }
  const pieces = gathered(answer.pieces);
  const first = pieces.next();
  const second = pieces.next();
  return reply.send(
    second.done === true
      ? (first.value ?? '')
      : Readable.from(givingWay(pieces, [first.value ?? Buffer.alloc(0), second.value]), {
          objectMode: false,
          highWaterMark: GATHERED,
        })
  );
}

/** Bytes that are sent at once. */
const GATHERED = 262_144;

/** Pieces put together to a size that is worth sending. */
function* gathered(pieces: Iterable<Piece>): Generator<Buffer, undefined> {
  let waiting: Buffer[] = [];
  let size = 0;
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    waiting.push(bytes);
    size += bytes.length;
    if (size >= GATHERED) {
      yield Buffer.concat(waiting, size);
      waiting = [];
      size = 0;
    }
  }
  if (size > 0) {
    yield Buffer.concat(waiting, size);
  }
  return undefined;
}
