import { parseDocument } from 'yaml';

/** A YAML document as plain values; `undefined` where it is none, or grows by aliases. */
export function parseYaml(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return undefined;
  }
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch {
    return undefined;
  }
}
