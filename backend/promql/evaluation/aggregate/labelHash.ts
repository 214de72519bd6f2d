import type { LabelSet } from '../../labelSet.ts';

const MASK = (1n << 64n) - 1n;
const PRIMES = [
  11400714785074694791n,
  14029467366897019727n,
  1609587929392839161n,
  9650029242287828579n,
  2870177450012600261n,
] as const;

/** A label set's place in [0, 1], by the hash that Prometheus samples with (xxHash64 of its label encoding). */
export function labelHashShare(labels: LabelSet): number {
  const parts = labels.pairs.map((text) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([encodedLength(bytes.length), bytes]);
  });
  return Number(xxHash64(Buffer.concat(parts))) / 2 ** 64;
}

/** One byte below 255, else 255 and three bytes, least first. */
function encodedLength(length: number): Buffer {
  return length < 255 ? Buffer.of(length) : Buffer.of(255, length & 255, (length >> 8) & 255, (length >> 16) & 255);
}

/** xxHash64 with seed 0. */
function xxHash64(bytes: Buffer): bigint {
  const [p1, p2, p3, p4, p5] = PRIMES;
  let at = 0;
  let hash: bigint;
  if (bytes.length >= 32) {
    const lanes = [wrap(p1 + p2), p2, 0n, wrap(-p1)];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let lane = 0; lane < 4; lane++) {
        lanes[lane] = round(lanes[lane]!, bytes.readBigUInt64LE(at + 8 * lane));
      }
    }
    const [a, b, c, d] = lanes as [bigint, bigint, bigint, bigint];
    hash = wrap(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
    for (const lane of lanes) {
      hash = wrap((hash ^ round(0n, lane)) * p1 + p4);
    }
  } else {
    hash = p5;
  }
  hash = wrap(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8) {
    hash = wrap(rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * p1 + p4);
  }
  if (at + 4 <= bytes.length) {
    hash = wrap(rotate(hash ^ wrap(BigInt(bytes.readUInt32LE(at)) * p1), 23n) * p2 + p3);
    at += 4;
  }
  for (; at < bytes.length; at++) {
    hash = wrap(rotate(hash ^ wrap(BigInt(bytes[at]!) * p5), 11n) * p1);
  }
  hash = wrap((hash ^ (hash >> 33n)) * p2);
  hash = wrap((hash ^ (hash >> 29n)) * p3);
  return hash ^ (hash >> 32n);
}

function round(accumulator: bigint, input: bigint): bigint {
  return wrap(rotate(wrap(accumulator + input * PRIMES[1]), 31n) * PRIMES[0]);
}

function rotate(value: bigint, bits: bigint): bigint {
  return wrap((value << bits) | (value >> (64n - bits)));
}

function wrap(value: bigint): bigint {
  return value & MASK;
}
