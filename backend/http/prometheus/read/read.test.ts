import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fastify, type FastifyInstance } from 'fastify';
import protobuf from 'protobufjs';
import { compressSync, uncompressSync } from 'snappy';
import { exampleDemand, exampleFleet } from '../fleet/exampleFleet.ts';
import { QUERY_LIMITS } from '../api/queryGate.ts';
import { prometheusRoutes } from '../prometheusRoutes.ts';
import { crc32c } from './crc32c.ts';
import { decodeXorChunk } from './decodeXorChunk.test-data.ts';
import { densify } from './densify.ts';
import { encodeXorChunk } from './encodeXorChunk.ts';

const NOW = 1_790_000_123;
const CUTOFF = 1_790_000_100;
const LEAST = '-9223372036854775808';
const GREATEST = '9223372036854775807';

const { root } = protobuf.parse(`
  syntax = "proto3";
  message ReadRequest { repeated Query queries = 1; repeated int32 accepted_response_types = 2; }
  message Query { int64 start_timestamp_ms = 1; int64 end_timestamp_ms = 2; repeated LabelMatcher matchers = 3; ReadHints hints = 4; }
  message ReadHints { int64 step_ms = 1; string func = 2; }
  message LabelMatcher { int32 type = 1; string name = 2; string value = 3; }
  message ReadResponse { repeated QueryResult results = 1; }
  message QueryResult { repeated TimeSeries timeseries = 1; }
  message TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; }
  message Label { string name = 1; string value = 2; }
  message Sample { double value = 1; int64 timestamp = 2; }
  message ChunkedReadResponse { repeated ChunkedSeries chunked_series = 1; int64 query_index = 2; }
  message ChunkedSeries { repeated Label labels = 1; repeated Chunk chunks = 2; }
  message Chunk { int64 min_time_ms = 1; int64 max_time_ms = 2; int32 type = 3; bytes data = 4; }
`);

interface WireSeries {
  readonly labels: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly samples: ReadonlyArray<{ readonly value: number; readonly timestamp: number }>;
}

function request(
  metric: string,
  start: number | string,
  end: number | string,
  types: readonly number[] = [],
  func = ''
): Buffer {
  const type = root.lookupType('ReadRequest');
  const query = {
    startTimestampMs: start,
    endTimestampMs: end,
    matchers: [{ type: 0, name: '__name__', value: metric }],
    ...(func === '' ? {} : { hints: { func } }),
  };
  return compressSync(type.encode(type.fromObject({ queries: [query], acceptedResponseTypes: types })).finish());
}

async function serving(stepSeconds = 300, limits = QUERY_LIMITS): Promise<FastifyInstance> {
  const app = fastify();
  const fleet = exampleFleet({ nowSeconds: NOW, stepSeconds });
  const access = { tokens: new Map(), isReadPublic: true };
  await app.register((scope) => prometheusRoutes(scope, { fleet, access, version: '0.1.0', limits }));
  return app;
}

async function post(app: FastifyInstance, payload: Buffer) {
  return await app.inject({
    method: 'POST',
    url: '/prometheus/api/v1/read',
    headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' },
    payload,
  });
}

async function read(
  app: FastifyInstance,
  metric: string,
  start: number | string,
  end: number | string
): Promise<readonly WireSeries[]> {
  const response = await post(app, request(metric, start, end));
  assert.equal(response.statusCode, 200, response.body);
  assert.equal(response.headers['content-type'], 'application/x-protobuf');
  assert.equal(response.headers['content-encoding'], 'snappy');
  const type = root.lookupType('ReadResponse');
  const decoded = type.toObject(type.decode(uncompressSync(response.rawPayload) as Buffer), {
    longs: Number,
    arrays: true,
    defaults: true,
  }) as { readonly results: ReadonlyArray<{ readonly timeseries: readonly WireSeries[] }> };
  assert.equal(decoded.results.length, 1);
  return decoded.results[0]!.timeseries;
}

describe('remote read', () => {
  it('gives the samples of a range, past and future, sorted by labels', async () => {
    const app = await serving();
    const series = await read(app, 'headroom_forecast', (CUTOFF - 600) * 1000, (CUTOFF + 600) * 1000);
    assert.equal(series.length, 15);
    const half = series.find(({ labels }) => labels.some(({ name, value }) => name === 'quantile' && value === '0.5'));
    assert.deepEqual(
      half?.samples.map(({ timestamp }) => timestamp / 1000 - CUTOFF),
      [-600, -300, 0, 300, 600]
    );
    assert.ok(half.samples.every(({ value, timestamp }) => Math.abs(value - exampleDemand(timestamp / 1000)) < 1e-9));
    for (const { labels } of series) {
      const names = labels.map(({ name }) => name);
      assert.deepEqual(names, names.toSorted());
      assert.ok(labels.every(({ value }) => value !== ''));
    }
  });

  it('gives points no further apart than a reader looks back, whatever the step', async () => {
    const app = await serving(3600);
    const end = (NOW + 50_000) * 1000;
    const [series] = await read(app, 'headroom_forecast_mean', NOW * 1000, end);
    const times = series!.samples.map(({ timestamp }) => timestamp);
    assert.ok(times.every((time, i) => i === 0 || time - times[i - 1]! <= 300_000));
    assert.ok(times.at(-1)! <= end && times.at(-1)! > end - 300_000);
  });

  it('takes the least and the greatest time', async () => {
    const app = await serving();
    assert.ok((await read(app, 'headroom_actual', LEAST, GREATEST))[0]!.samples.length === 288);
    assert.deepEqual(await read(app, 'headroom_actual', GREATEST, LEAST), []);
    assert.deepEqual(await read(app, 'something_else', LEAST, GREATEST), []);
  });

  it('streams chunks to a reader that prefers them, with the same samples', async () => {
    const app = await serving();
    const [start, end] = [(NOW - 40_000) * 1000, (NOW + 80_000) * 1000];
    const response = await post(app, request('headroom_forecast', start, end, [1, 0]));
    assert.equal(
      response.headers['content-type'],
      'application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse'
    );
    const streamed = new Map<string, WireSeries['samples']>();
    for (const frame of frames(response.rawPayload)) {
      const type = root.lookupType('ChunkedReadResponse');
      const { chunkedSeries } = type.toObject(type.decode(frame), { arrays: true }) as {
        readonly chunkedSeries: ReadonlyArray<{
          readonly labels: WireSeries['labels'];
          readonly chunks: ReadonlyArray<{ readonly type: number; readonly data: Uint8Array }>;
        }>;
      };
      for (const { labels, chunks } of chunkedSeries) {
        streamed.set(
          JSON.stringify(labels),
          chunks.flatMap((chunk) => decodeXorChunk(Buffer.from(chunk.data)))
        );
      }
    }
    const plain = await read(app, 'headroom_forecast', start, end);
    assert.equal(streamed.size, plain.length);
    for (const { labels, samples } of plain) {
      assert.deepEqual(streamed.get(JSON.stringify(labels)), samples);
    }
  });

  it('answers in the first of the accepted forms that exists', async () => {
    const app = await serving();
    const typeFor = async (accepted: readonly number[]) => {
      const response = await post(app, request('headroom_actual', LEAST, GREATEST, accepted));
      return response.statusCode === 200 ? response.headers['content-type'] : response.statusCode;
    };
    assert.equal(await typeFor([]), 'application/x-protobuf');
    assert.equal(await typeFor([7, 0, 1]), 'application/x-protobuf');
    assert.match(String(await typeFor([7, 1, 0])), /streamed/);
    assert.equal(await typeFor([7]), 400);
  });

  it('gives no samples to a reader that hints that it lists series', async () => {
    const app = await serving();
    const response = await post(app, request('headroom_forecast', LEAST, GREATEST, [], 'series'));
    const { results } = root
      .lookupType('ReadResponse')
      .decode(uncompressSync(response.rawPayload) as Buffer) as unknown as {
      readonly results: ReadonlyArray<{ readonly timeseries: readonly WireSeries[] }>;
    };
    assert.equal(results[0]?.timeseries.length, 15);
    assert.ok(results[0].timeseries.every(({ samples }) => samples.length === 0));
  });

  it('refuses what would hold too many samples, and goes on with the next', async () => {
    const app = await serving(300, { ...QUERY_LIMITS, maxSamples: 2000, maxSamplesTogether: 2500 });
    for (let attempt = 0; attempt < 5; attempt++) {
      const response = await post(app, request('headroom_forecast', LEAST, GREATEST));
      assert.equal(response.statusCode, 422);
      assert.match(response.body, /too many samples/);
    }
    assert.equal((await read(app, 'headroom_actual', LEAST, GREATEST))[0]?.samples.length, 288);
  });

  it('answers many readers at once, each as if it were alone', async () => {
    const app = await serving();
    const alone = await read(app, 'headroom_forecast', LEAST, GREATEST);
    const together = await Promise.all(
      Array.from({ length: 60 }, () => read(app, 'headroom_forecast', LEAST, GREATEST))
    );
    for (const one of together) {
      assert.deepEqual(one, alone);
    }
  });

  it('refuses what is no request with a coded error', async () => {
    const app = await serving();
    const type = root.lookupType('ReadRequest');
    const badRegex = type.fromObject({ queries: [{ matchers: [{ type: 2, name: 'a', value: '(' }] }] });
    const badType = type.fromObject({ queries: [{ matchers: [{ type: 9, name: 'a', value: 'b' }] }] });
    for (const payload of [
      Buffer.alloc(0),
      Buffer.from('hello'),
      compressSync(Buffer.from('not protobuf at all')),
      compressSync(type.encode(badRegex).finish()),
      compressSync(type.encode(badType).finish()),
      // A snappy block that announces 2 GiB.
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07, 0x00]),
    ]) {
      const response = await post(app, payload);
      assert.equal(response.statusCode, 400, payload.toString('hex'));
      assert.equal((JSON.parse(response.body) as { errorType: string }).errorType, 'bad_data');
    }
  });
});

describe('densify', () => {
  it('adds points of the same value until the next one, and leaves the given ones alone', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        (times, holdsMs, stepMs) => {
          const timestamps = Float64Array.from(times).sort();
          const values = timestamps.map((_, i) => i);
          const dense = densify({ timestamps, values }, holdsMs, stepMs, 1000);
          assert.ok(timestamps.every((time) => dense.timestamps.includes(time)));
          assert.ok(dense.timestamps.every((time, i) => i === 0 || time > dense.timestamps[i - 1]!));
          for (const [i, time] of dense.timestamps.entries()) {
            const at = timestamps.findLastIndex((original) => original <= time);
            assert.equal(dense.values[i], values[at]);
            assert.ok(time === timestamps[at] || time < timestamps[at]! + holdsMs);
          }
        }
      )
    );
  });
});

describe('encodeXorChunk', () => {
  it('can be read back bit by bit', () => {
    const sample = fc.record({
      gap: fc.oneof(fc.constant(15_000), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 2 ** 40 })),
      value: fc.oneof(fc.constantFrom(0, 1, -0, Infinity, Number.NaN), fc.double(), fc.integer().map(Number)),
    });
    fc.assert(
      fc.property(
        fc.array(sample, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: -1e12, max: 2e12 }),
        (samples, start) => {
          const timestamps = new Float64Array(samples.length);
          let time = start;
          for (const [i, { gap }] of samples.entries()) {
            timestamps[i] = time;
            time += gap;
          }
          const values = Float64Array.from(samples, ({ value }) => value);
          const decoded = decodeXorChunk(encodeXorChunk(timestamps, values, 0, samples.length));
          assert.deepEqual(
            decoded.map(({ timestamp }) => timestamp),
            [...timestamps]
          );
          assert.ok(decoded.every(({ value }, i) => Object.is(value, values[i])));
        }
      )
    );
  });
});

describe('crc32c', () => {
  it('is that of Castagnoli', () => {
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
    assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  });
});

/** The messages of a chunk stream, their checksums checked. */
function* frames(stream: Buffer): Generator<Buffer> {
  for (let at = 0; at < stream.length;) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = stream[at++]!;
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) {
        break;
      }
    }
    const checksum = stream.readUInt32BE(at);
    const data = stream.subarray(at + 4, at + 4 + length);
    assert.equal(crc32c(data), checksum);
    yield data;
    at += 4 + length;
  }
}
