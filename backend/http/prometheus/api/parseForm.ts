const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2})/;

/** A form's or an address' parameters as Go reads them: what is not well-formed is left out, alone. */
export function parseForm(text: string): URLSearchParams {
  const pairs = text.split('&').filter((pair) => !pair.includes(';') && !BROKEN_ESCAPE.test(pair));
  return new URLSearchParams(pairs.join('&').replace(/^\?/, '%3F'));
}
