const DIGITS = '\\d+(?:_\\d+)*';
const FLOAT = new RegExp(`^[+-]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`);

/**
 * Reads a decimal number as Go's strconv.ParseFloat does, `1_800` among them; `undefined` where it is none, and for
 * what no time and no duration can be: NaN, infinities and hexadecimal numbers.
 */
export function parseFloatText(text: string): number | undefined {
  return FLOAT.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
