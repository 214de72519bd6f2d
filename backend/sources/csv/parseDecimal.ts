const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${String(exponent)}`));
const EXACT_DIGITS = 15;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const ascii = new TextDecoder();

/**
 * Reads `bytes[start..end)` as a decimal number, correctly rounded, -0 as 0; NaN where it is blank or none, as
 * `isBlank` tells apart. An overflow gives an infinity. Hexadecimal, `NaN` and `Infinity` are no numbers.
 *
 * Up to 15 digits are read without a copy: a whole number divided by an exact power of ten is rounded once (W. D.
 * Clinger, 1990).
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let offset = start;
  const isNegative = bytes[offset] === 0x2d;
  if (isNegative) {
    offset++;
  }
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  for (; offset < end; offset++) {
    const byte = bytes[offset]!;
    if (byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30);
      digits++;
      if (fraction >= 0) {
        fraction++;
      }
    } else if (byte === 0x2e && fraction < 0) {
      fraction = 0;
    } else {
      break;
    }
  }
  if (offset === end && digits > 0 && digits <= EXACT_DIGITS) {
    const value = fraction > 0 ? mantissa / POWERS_OF_TEN[fraction]! : mantissa;
    return isNegative ? 0 - value : value;
  }
  return parseDecimalText(ascii.decode(bytes.subarray(start, end)));
}

/** As `parseDecimal`, of text. */
export function parseDecimalText(text: string): number {
  const trimmed = text.trim();
  return DECIMAL.test(trimmed) ? Number(trimmed) + 0 : Number.NaN;
}

/** Whether `bytes[start..end)` is empty or spaces and tabs only. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (bytes[i] !== 0x20 && bytes[i] !== 0x09) {
      return false;
    }
  }
  return true;
}
