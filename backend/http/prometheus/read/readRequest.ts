import protobuf from 'protobufjs';
import { HeadroomError } from '../../../errors/index.ts';
import { labelMatcher, type LabelMatcher, type MatchOperator } from '../../../promql/index.ts';
import { badData } from '../api/parameters.ts';

/** Times that nothing lies beyond, in epoch milliseconds; int64's ends are cut down to them. */
const FARTHEST_MS = 8.64e15;
const OPERATORS: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];
const SAMPLES = 0;
const STREAMED_XOR_CHUNKS = 1;

/** Prometheus' remote read request. Source: prompb/remote.proto and types.proto. */
const schema = protobuf.Root.fromJSON({
  nested: {
    ReadRequest: {
      fields: {
        queries: { rule: 'repeated', type: 'Query', id: 1 },
        acceptedResponseTypes: { rule: 'repeated', type: 'int32', id: 2 },
      },
    },
    Query: {
      fields: {
        startTimestampMs: { type: 'int64', id: 1 },
        endTimestampMs: { type: 'int64', id: 2 },
        matchers: { rule: 'repeated', type: 'LabelMatcher', id: 3 },
        hints: { type: 'ReadHints', id: 4 },
      },
    },
    ReadHints: { fields: { func: { type: 'string', id: 2 } } },
    LabelMatcher: {
      fields: {
        type: { type: 'int32', id: 1 },
        name: { type: 'string', id: 2 },
        value: { type: 'string', id: 3 },
      },
    },
  },
}).lookupType('ReadRequest');

export interface ReadQuery {
  readonly minMs: number;
  readonly maxMs: number;
  readonly matchers: readonly LabelMatcher[];
  /** Whether the reader hints that it wants to know which series there are, and none of their samples. */
  readonly isSeriesOnly: boolean;
}

export interface ReadRequest {
  readonly queries: readonly ReadQuery[];
  /** Whether the reader takes chunks in a stream, and before whole samples. */
  readonly wantsChunks: boolean;
}

/** Reads a remote read request; throws PROMQL_QUERY_INVALID where it is none. */
export function decodeReadRequest(message: Uint8Array): ReadRequest {
  try {
    const request = schema.toObject(schema.decode(message), { longs: Number, arrays: true, defaults: true }) as {
      readonly queries: readonly WireQuery[];
      readonly acceptedResponseTypes: readonly number[];
    };
    return {
      queries: request.queries.map(readQuery),
      wantsChunks: firstKnownType(request.acceptedResponseTypes) === STREAMED_XOR_CHUNKS,
    };
  } catch (error) {
    throw error instanceof HeadroomError
      ? error
      : badData(`the read request cannot be decoded: ${(error as Error).message}`);
  }
}

/** The first type that the reader accepts and that exists; samples where it names none. */
function firstKnownType(accepted: readonly number[]): number {
  const known = [SAMPLES, STREAMED_XOR_CHUNKS];
  const first = accepted.length === 0 ? SAMPLES : accepted.find((type) => known.includes(type));
  if (first === undefined) {
    throw badData(
      `server does not support any of the requested response types: [${accepted.join(' ')}]; supported: SAMPLES, STREAMED_XOR_CHUNKS`
    );
  }
  return first;
}

interface WireQuery {
  readonly startTimestampMs: number;
  readonly endTimestampMs: number;
  readonly matchers: ReadonlyArray<{ readonly type: number; readonly name: string; readonly value: string }>;
  readonly hints: { readonly func: string } | null;
}

function readQuery({ startTimestampMs, endTimestampMs, matchers, hints }: WireQuery): ReadQuery {
  return {
    minMs: Math.max(-FARTHEST_MS, startTimestampMs),
    maxMs: Math.min(FARTHEST_MS, endTimestampMs),
    isSeriesOnly: hints?.func === 'series',
    matchers: matchers.map(({ type, name, value }) => {
      const operator = OPERATORS[type];
      if (operator === undefined) {
        throw badData(`invalid matcher type ${String(type)}`);
      }
      return labelMatcher(name, operator, value);
    }),
  };
}
