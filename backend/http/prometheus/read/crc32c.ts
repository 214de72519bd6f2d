/** The effect of a byte that is followed by 0, 1, 2 or 3 others, `[256 * followers + byte]`. */
const TABLES = new Uint32Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  }
  TABLES[byte] = value;
}
for (let entry = 256; entry < TABLES.length; entry++) {
  const before = TABLES[entry - 256]!;
  TABLES[entry] = TABLES[before & 255]! ^ (before >>> 8);
}

/** The CRC-32C (Castagnoli) of bytes, unsigned; four at a time. Source: Kounavis and Berry, slicing-by-4. */
export function crc32c(bytes: Uint8Array): number {
  let value = -1;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    value ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    value =
      TABLES[768 + (value & 255)]! ^
      TABLES[512 + ((value >>> 8) & 255)]! ^
      TABLES[256 + ((value >>> 16) & 255)]! ^
      TABLES[value >>> 24]!;
  }
  for (; at < bytes.length; at++) {
    value = TABLES[(value ^ bytes[at]!) & 255]! ^ (value >>> 8);
  }
  return (value ^ -1) >>> 0;
}
