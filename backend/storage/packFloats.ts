const FLOAT32_MAX = 3.4028234663852886e38;

/**
 * Numbers as single-precision floats, their bytes in four planes (all lowest bytes first, all highest last): neighbours
 * share their exponents, which deflate then finds. NaN stays NaN; a number beyond single precision becomes its greatest.
 */
export function packFloats(arrays: readonly Float64Array[]): Uint8Array {
  const count = arrays.reduce((sum, { length }) => sum + length, 0);
  const floats = new Float32Array(count);
  let offset = 0;
  for (const array of arrays) {
    floats.set(array, offset);
    for (let i = 0; i < array.length; i++) {
      if (Math.abs(array[i]!) > FLOAT32_MAX) {
        floats[offset + i] = Math.sign(array[i]!) * FLOAT32_MAX;
      }
    }
    offset += array.length;
  }
  const bits = new Uint32Array(floats.buffer);
  const bytes = new Uint8Array(count * 4);
  for (let i = 0; i < count; i++) {
    const word = bits[i]!;
    bytes[i] = word;
    bytes[count + i] = word >>> 8;
    bytes[2 * count + i] = word >>> 16;
    bytes[3 * count + i] = word >>> 24;
  }
  return bytes;
}

/** The numbers that `packFloats` packed; `bytes` must be a whole number of floats. */
export function unpackFloats(bytes: Uint8Array): Float64Array {
  const count = bytes.length / 4;
  const bits = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    bits[i] = bytes[i]! | (bytes[count + i]! << 8) | (bytes[2 * count + i]! << 16) | (bytes[3 * count + i]! << 24);
  }
  return Float64Array.from(new Float32Array(bits.buffer));
}
