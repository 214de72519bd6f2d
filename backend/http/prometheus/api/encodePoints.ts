import { formatSampleValue, formatTimestamp } from '../../../promql/index.ts';

const COMMA = 44;
const QUOTE = 34;
const BRACKET = 93;
const OPENING_BRACKET = 91;
const ZERO = 48;
/** `,[-9007199254740.991,"`, and some. */
const LONGEST_HEAD = 32;

/** The beginnings of points at some times, `[1767225600,"`, made once for all series of a result. */
export class PointTimes {
  readonly timestamps: Float64Array;
  /** All of them without a gap, each but the first with a comma before it; `ends[i]` is where the i-th ends. */
  readonly bytes: Buffer;
  readonly ends: Uint32Array;

  constructor(timestamps: Float64Array) {
    this.timestamps = timestamps;
    this.ends = new Uint32Array(timestamps.length);
    const bytes = Buffer.allocUnsafe(timestamps.length * LONGEST_HEAD);
    const writeTime = timeWriter(bytes);
    let at = 0;
    for (let i = 0; i < timestamps.length; i++) {
      if (i > 0) {
        bytes[at++] = COMMA;
      }
      bytes[at++] = OPENING_BRACKET;
      at = writeTime(at, timestamps[i]!);
      bytes[at++] = COMMA;
      bytes[at++] = QUOTE;
      this.ends[i] = at;
    }
    this.bytes = bytes.subarray(0, at);
  }
}

/**
 * Writes times as formatTimestamp does and returns where each ends. Whole seconds of this age go digit by digit, and of
 * neighbours only the last five differ.
 */
function timeWriter(bytes: Buffer): (at: number, timestampMs: number) => number {
  let high = -1;
  const highDigits = new Uint8Array(5);
  return (at, timestampMs) => {
    const seconds = timestampMs / 1000;
    if (!(seconds >= 1e9 && seconds < 1e10) || !Number.isInteger(seconds)) {
      return at + bytes.write(formatTimestamp(timestampMs), at, 'latin1');
    }
    const upper = Math.floor(seconds / 100_000);
    if (upper !== high) {
      high = upper;
      writeDigits(highDigits, 0, upper);
    }
    for (let digit = 0; digit < 5; digit++) {
      bytes[at + digit] = highDigits[digit]!;
    }
    writeDigits(bytes, at + 5, seconds - upper * 100_000);
    return at + 10;
  };
}

/** The five digits of a whole number below 100,000. */
function writeDigits(bytes: Uint8Array, at: number, value: number): void {
  let rest = value;
  for (let digit = 4; digit >= 0; digit--) {
    const tenth = (rest / 10) | 0;
    bytes[at + digit] = ZERO + rest - 10 * tenth;
    rest = tenth;
  }
}

/** A series' points, `[time,"value"],[time,"value"]`, as Prometheus writes them. */
export function encodePoints(times: PointTimes, values: Float64Array): Buffer {
  const text = JSON.stringify(numbersOf(values));
  return isPlain(text, values)
    ? interleave(times, Buffer.from(text, 'latin1'), values.length)
    : oneByOne(times, values);
}

/** `Array.from`, which takes longer than the digits of a quarter of the values. */
function numbersOf(values: Float64Array): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < values.length; i++) {
    numbers.push(values[i]!);
  }
  return numbers;
}

/** Whether JSON writes all of the values as Prometheus does: neither exponents nor NaN, infinities or negative zero. */
function isPlain(text: string, values: Float64Array): boolean {
  return (
    !text.includes('e') && !text.includes('n') && !(values.includes(0) && values.some((value) => Object.is(value, -0)))
  );
}

/** `json` is an array of numbers as text, much faster made at once than number by number. */
function interleave({ bytes, ends }: PointTimes, json: Buffer, count: number): Buffer {
  const out = Buffer.allocUnsafe(bytes.length + json.length + 2 * count);
  let at = 0;
  let head = 0;
  let digit = 1;
  for (let i = 0; i < count; i++) {
    for (const end = ends[i]!; head < end;) {
      out[at++] = bytes[head++]!;
    }
    for (let byte = json[digit++]!; byte !== COMMA && byte !== BRACKET; byte = json[digit++]!) {
      out[at++] = byte;
    }
    out[at++] = QUOTE;
    out[at++] = BRACKET;
  }
  return out.subarray(0, at);
}

function oneByOne({ timestamps }: PointTimes, values: Float64Array): Buffer {
  let text = '';
  for (let i = 0; i < values.length; i++) {
    text += `${i === 0 ? '' : ','}[${formatTimestamp(timestamps[i]!)},"${formatSampleValue(values[i]!)}"]`;
  }
  return Buffer.from(text, 'latin1');
}
