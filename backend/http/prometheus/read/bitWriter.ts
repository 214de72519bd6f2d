/** Writes bits, the highest of each byte first. */
export class BitWriter {
  #buffer = Buffer.alloc(256);
  #bits = 0;

  /** The low `count` (at most 32) bits of a number. */
  write(value: number, count: number): void {
    this.#reserve(count);
    for (let left = count; left > 0;) {
      const room = 8 - (this.#bits & 7);
      const taken = Math.min(room, left);
      left -= taken;
      this.#buffer[this.#bits >>> 3]! |= ((value >>> left) & ((1 << taken) - 1)) << (room - taken);
      this.#bits += taken;
    }
  }

  /** The low `count` (at most 64) bits of a number given as two halves. */
  writeWide(high: number, low: number, count: number): void {
    if (count > 32) {
      this.write(high, count - 32);
      this.write(low, 32);
    } else {
      this.write(low, count);
    }
  }

  /** The bytes, the last one filled up with zeros. */
  finish(): Buffer {
    return this.#buffer.subarray(0, Math.ceil(this.#bits / 8));
  }

  #reserve(count: number): void {
    if (this.#bits + count > this.#buffer.length * 8) {
      this.#buffer = Buffer.concat([this.#buffer, Buffer.alloc(this.#buffer.length)]);
    }
  }
}
