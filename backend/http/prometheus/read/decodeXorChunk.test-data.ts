/** Reads a chunk of Prometheus' storage as its documentation describes it; the encoder's mirror, for tests. */
export function decodeXorChunk(chunk: Buffer): Array<{ readonly timestamp: number; readonly value: number }> {
  let at = 0;
  const bits = (count: number): bigint => {
    let value = 0n;
    for (let i = 0; i < count; i++, at++) {
      value = (value << 1n) | BigInt((chunk[at >> 3]! >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = bits(8);
      value |= (byte & 127n) << shift;
      if (byte < 128n) {
        return value;
      }
    }
  };
  const signed = (count: number): bigint => {
    const value = bits(count);
    return value > 1n << BigInt(count - 1) ? value - (1n << BigInt(count)) : value;
  };
  const samples: Array<{ timestamp: number; value: number }> = [];
  const count = Number(bits(16));
  let time = 0n;
  let delta = 0n;
  let value = 0n;
  let leading = 0;
  let trailing = 0;
  for (let i = 0; i < count; i++) {
    if (i === 0) {
      const zigzag = varint();
      time = zigzag & 1n ? -((zigzag + 1n) >> 1n) : zigzag >> 1n;
      value = bits(64);
    } else {
      delta = i === 1 ? varint() : delta + deltaChange();
      time += delta;
      if (bits(1) === 1n) {
        if (bits(1) === 1n) {
          leading = Number(bits(5));
          const significant = Number(bits(6)) || 64;
          trailing = 64 - leading - significant;
        }
        value ^= bits(64 - leading - trailing) << BigInt(trailing);
      }
    }
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, value);
    samples.push({ timestamp: Number(time), value: view.getFloat64(0) });
  }
  return samples;

  function deltaChange(): bigint {
    if (bits(1) === 0n) {
      return 0n;
    }
    for (const size of [14, 17, 20]) {
      if (bits(1) === 0n) {
        return signed(size);
      }
    }
    return BigInt.asIntN(64, bits(64));
  }
}
