import protobuf from 'protobufjs';
import { HeadroomError } from '../../../errors/index.ts';
import { labelMatcher, type LabelMatcher, type MatchOperator } from '../../../promql/index.ts';
import { badData } from '../api/parameters.ts';

/** Times that nothing lies beyond, in epoch milliseconds; int64's ends are cut down to them. */
const FARTHEST_MS = 8.64e15;
const OPERATORS: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];
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
      },
    },
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
      wantsChunks: request.acceptedResponseTypes[0] === STREAMED_XOR_CHUNKS,
    };
  } catch (error) {
    throw error instanceof HeadroomError
      ? error
      : badData(`the read request cannot be decoded: ${(error as Error).message}`);
  }
}

interface WireQuery {
  readonly startTimestampMs: number;
  readonly endTimestampMs: number;
  readonly matchers: ReadonlyArray<{ readonly type: number; readonly name: string; readonly value: string }>;
}

function readQuery({ startTimestampMs, endTimestampMs, matchers }: WireQuery): ReadQuery {
  return {
    minMs: Math.max(-FARTHEST_MS, startTimestampMs),
    maxMs: Math.min(FARTHEST_MS, endTimestampMs),
    matchers: matchers.map(({ type, name, value }) => {
      const operator = OPERATORS[type];
      if (operator === undefined) {
        throw badData(`invalid matcher type ${String(type)}`);
      }
      return labelMatcher(name, operator, value);
    }),
  };
}
