const LIMIT = 300;

/** A stranger's text made fit for a message: without the secrets, on one line, at most 300 characters. */
export function shownText(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of secrets) {
    safe = safe.replaceAll(secret, '***');
  }
  const line = safe.replace(/[\x00-\x1f\x7f\s]+/g, ' ').trim();
  return line.length > LIMIT ? `${line.slice(0, LIMIT)}...` : line;
}
