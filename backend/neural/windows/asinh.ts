const PER_UNIT = 512;
const LARGEST = 16;
const SQUARABLE = 1e150;

const table = Float64Array.from({ length: LARGEST * PER_UNIT + 2 }, (_, i) => Math.asinh(i / PER_UNIT));

/**
 * The inverse hyperbolic sine to within 2e-7, as near as the networks' single precision tells: linear between 512
 * points a unit, in a fifth of the time of `Math.asinh`.
 */
export function asinh(x: number): number {
  const size = Math.abs(x);
  let result: number;
  if (size < LARGEST) {
    const place = size * PER_UNIT;
    const left = Math.floor(place);
    const low = table[left]!;
    result = low + (place - left) * (table[left + 1]! - low);
  } else {
    result = size > SQUARABLE ? Math.log(size) + Math.LN2 : Math.log(size + Math.sqrt(size * size + 1));
  }
  return x < 0 ? -result : result;
}
