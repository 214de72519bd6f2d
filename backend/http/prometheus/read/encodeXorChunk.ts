import { BitWriter } from './bitWriter.ts';

const double = new DataView(new ArrayBuffer(8));

/**
 * Samples `from` to `to` (exclusive, at most 65,535) as a chunk of Prometheus' storage: delta-of-delta times and
 * exclusive-or of values, in bits. Source: tsdb/chunkenc/xor.go.
 */
export function encodeXorChunk(timestamps: Float64Array, values: Float64Array, from: number, to: number): Buffer {
  const bits = new BitWriter();
  bits.write(to - from, 16);
  const state = new ValueBits(bits);
  let delta = 0;
  for (let i = from; i < to; i++) {
    const time = timestamps[i]!;
    if (i === from) {
      writeVarint(bits, time < 0 ? -2 * time - 1 : 2 * time);
      state.first(values[i]!);
      continue;
    }
    const nextDelta = time - timestamps[i - 1]!;
    if (i === from + 1) {
      writeVarint(bits, nextDelta);
    } else {
      writeDeltaOfDelta(bits, nextDelta - delta);
    }
    delta = nextDelta;
    state.next(values[i]!);
  }
  return bits.finish();
}

/** A varint in bytes, lowest seven bits first. */
function writeVarint(bits: BitWriter, value: number): void {
  let rest = value;
  while (rest >= 128) {
    bits.write((rest % 128) + 128, 8);
    rest = Math.floor(rest / 128);
  }
  bits.write(rest, 8);
}

function writeDeltaOfDelta(bits: BitWriter, change: number): void {
  if (change === 0) {
    bits.write(0, 1);
    return;
  }
  for (const [prefix, prefixBits, size] of [
    [0b10, 2, 14],
    [0b110, 3, 17],
    [0b1110, 4, 20],
  ] as const) {
    if (change >= -(2 ** (size - 1)) + 1 && change <= 2 ** (size - 1)) {
      bits.write(prefix, prefixBits);
      bits.write(change, size);
      return;
    }
  }
  bits.write(0b1111, 4);
  bits.writeWide(Math.floor(change / 2 ** 32), change >>> 0, 64);
}

/** Writes each value as what differs from the one before. */
class ValueBits {
  readonly #bits: BitWriter;
  #high = 0;
  #low = 0;
  #leading = 0xff;
  #trailing = 0;

  constructor(bits: BitWriter) {
    this.#bits = bits;
  }

  first(value: number): void {
    this.#take(value);
    this.#bits.writeWide(this.#high, this.#low, 64);
  }

  next(value: number): void {
    const [high, low] = [this.#high, this.#low];
    this.#take(value);
    const differenceHigh = (this.#high ^ high) >>> 0;
    const differenceLow = (this.#low ^ low) >>> 0;
    if (differenceHigh === 0 && differenceLow === 0) {
      this.#bits.write(0, 1);
      return;
    }
    this.#bits.write(1, 1);
    const leading = Math.min(31, differenceHigh === 0 ? 32 + Math.clz32(differenceLow) : Math.clz32(differenceHigh));
    const trailing = differenceLow === 0 ? 32 + trailingZeros(differenceHigh) : trailingZeros(differenceLow);
    if (this.#leading !== 0xff && leading >= this.#leading && trailing >= this.#trailing) {
      this.#bits.write(0, 1);
    } else {
      this.#leading = leading;
      this.#trailing = trailing;
      this.#bits.write(1, 1);
      this.#bits.write(leading, 5);
      // 64 significant bits are written as 0, of which there are never any.
      this.#bits.write((64 - leading - trailing) & 63, 6);
    }
    this.#writeSignificant(differenceHigh, differenceLow);
  }

  #take(value: number): void {
    double.setFloat64(0, value);
    this.#high = double.getUint32(0);
    this.#low = double.getUint32(4);
  }

  #writeSignificant(high: number, low: number): void {
    const shift = this.#trailing;
    const count = 64 - this.#leading - shift;
    const shiftedLow =
      shift >= 32 ? high >>> (shift - 32) : shift === 0 ? low : ((low >>> shift) | (high << (32 - shift))) >>> 0;
    const shiftedHigh = shift >= 32 ? 0 : high >>> shift;
    this.#bits.writeWide(shiftedHigh, shiftedLow, count);
  }
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}
