/** Writes protobuf messages into one growing buffer. */
export class ProtobufWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(size = 65_536) {
    this.#buffer = Buffer.allocUnsafe(size);
  }

  get length(): number {
    return this.#length;
  }

  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** A field's number with wire type 2 and a text's length and bytes. */
  text(field: number, value: string): void {
    const bytes = Buffer.from(value);
    this.bytes(field, bytes);
  }

  bytes(field: number, value: Uint8Array): void {
    this.head(field, value.length);
    this.raw(value);
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Bytes in which doubles are put at some places. */
  filled(bytes: Uint8Array, places: Uint32Array, values: Float64Array): void {
    const begin = this.#length;
    this.raw(bytes);
    const { buffer, byteOffset } = this.#buffer;
    const view = new DataView(buffer, byteOffset + begin, bytes.length);
    for (let i = 0; i < places.length; i++) {
      view.setFloat64(places[i]!, values[i]!, true);
    }
  }

  /** A field's number with wire type 2 and the length of what follows. */
  head(field: number, length: number): void {
    this.varint(field * 8 + 2);
    this.varint(length);
  }

  /** A 64-bit integer field, negative ones in two's complement. */
  int64(field: number, value: number): void {
    this.varint(field * 8);
    this.varint(value);
  }

  double(field: number, value: number): void {
    this.varint(field * 8 + 1);
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  varint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      this.#negative(value);
      return;
    }
    let rest = value;
    while (rest >= 128) {
      this.#buffer[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length++] = rest;
  }

  #negative(value: number): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 128n) {
      this.#buffer[this.#length++] = Number(rest & 127n) + 128;
      rest >>= 7n;
    }
    this.#buffer[this.#length++] = Number(rest);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
  }
}

/** How many bytes a varint takes. */
export function varintLength(value: number): number {
  if (value < 0) {
    return 10;
  }
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) {
    length++;
  }
  return length;
}
