/** An instant as ISO 8601 in UTC, with milliseconds only where there are some. */
export function isoTime(epochSeconds: number): string {
  return new Date(Math.round(epochSeconds * 1000)).toISOString().replace('.000Z', 'Z');
}

/** A text as one CSV cell, in quotes where it needs them. Source: RFC 4180. */
export function csvText(text: string): string {
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The name of a level's column: `q0.9`. */
export function levelColumn(level: number): string {
  return `q${String(level)}`;
}
