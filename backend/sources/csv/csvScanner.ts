const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const utf8 = new TextDecoder();

/** What is wrong with the text of a CSV file, and in which line. */
export class CsvSyntaxError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/**
 * Walks through CSV text cell by cell without copying it. Source: RFC 4180, with `\n` as well as `\r\n`.
 *
 * After `next()` the cell is `bytes[start..end)`, or `unquoted` where it stood in quotes; `isRecordEnd` says that it is
 * the last of its record, `line` where it starts.
 */
export class CsvScanner {
  readonly bytes: Uint8Array;
  start = 0;
  end = 0;
  line = 1;
  isRecordEnd = true;
  unquoted: string | undefined;
  #offset: number;
  #nextLine = 1;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#offset = hasByteOrderMark ? 3 : 0;
  }

  /** Whether every record has been read. */
  get isDone(): boolean {
    return this.isRecordEnd && this.#offset >= this.bytes.length;
  }

  /** The whole line that starts here, read as plain text; for the metadata above the header and for blank lines. */
  takeLineIf(accept: (text: string) => boolean): string | undefined {
    const newline = this.bytes.indexOf(NEWLINE, this.#offset);
    const end = newline < 0 ? this.bytes.length : newline;
    const text = utf8.decode(this.bytes.subarray(this.#offset, end)).trimEnd();
    if (!accept(text)) {
      return undefined;
    }
    this.line = this.#nextLine++;
    this.#offset = end + 1;
    return text;
  }

  /** Passes over blank lines before a record. */
  skipBlankLines(): void {
    for (;;) {
      let ahead = this.#offset;
      while (this.bytes[ahead] === RETURN) {
        ahead++;
      }
      if (this.bytes[ahead] === NEWLINE) {
        this.#nextLine++;
        this.#offset = ahead + 1;
      } else {
        if (ahead >= this.bytes.length) {
          this.#offset = ahead;
        }
        return;
      }
    }
  }

  /** Moves to the next cell. */
  next(): void {
    this.line = this.#nextLine;
    this.unquoted = undefined;
    if (this.bytes[this.#offset] === QUOTE) {
      this.#readQuoted();
      return;
    }
    const { bytes } = this;
    const length = bytes.length;
    let offset = this.#offset;
    this.start = offset;
    while (offset < length && bytes[offset] !== COMMA && bytes[offset] !== NEWLINE) {
      if (bytes[offset] === QUOTE) {
        throw new CsvSyntaxError(this.line, 'a quote stands inside a cell that does not start with one');
      }
      offset++;
    }
    this.end = offset > this.start && bytes[offset - 1] === RETURN && bytes[offset] !== COMMA ? offset - 1 : offset;
    this.#endCell(offset);
  }

  /** The text of the cell, without surrounding blanks. */
  text(): string {
    return (this.unquoted ?? utf8.decode(this.bytes.subarray(this.start, this.end))).trim();
  }

  #readQuoted(): void {
    const { bytes, line } = this;
    let offset = this.#offset + 1;
    const start = offset;
    let hasEscapes = false;
    for (;;) {
      const byte = bytes[offset];
      if (byte === undefined) {
        throw new CsvSyntaxError(line, 'a quote is opened and never closed');
      }
      if (byte === NEWLINE) {
        this.#nextLine++;
      } else if (byte === QUOTE) {
        if (bytes[offset + 1] !== QUOTE) {
          break;
        }
        hasEscapes = true;
        offset++;
      }
      offset++;
    }
    const text = utf8.decode(bytes.subarray(start, offset));
    this.unquoted = hasEscapes ? text.replaceAll('""', '"') : text;
    offset++;
    if (bytes[offset] === RETURN && (bytes[offset + 1] === NEWLINE || offset + 1 === bytes.length)) {
      offset++;
    }
    if (offset < bytes.length && bytes[offset] !== COMMA && bytes[offset] !== NEWLINE) {
      throw new CsvSyntaxError(line, 'text follows a closing quote');
    }
    this.#endCell(offset);
  }

  #endCell(offset: number): void {
    this.isRecordEnd = this.bytes[offset] !== COMMA;
    if (this.isRecordEnd) {
      this.#nextLine++;
    }
    this.#offset = offset + 1;
  }
}
