/** Writes bits, the highest of each byte first. */
export class BitWriter {
  #buffer = Buffer.alloc(256);
  #bits = 0;

  /** The low `count` (at most 32) bits of a number. */
  write(value: number, count: number): void {
    this.#reserve(count);
    for (let bit = count - 1; bit >= 0; bit--) {
      if ((value >>> bit) & 1) {
        this.#buffer[this.#bits >>> 3]! |= 0x80 >>> (this.#bits & 7);
      }
      this.#bits++;
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
