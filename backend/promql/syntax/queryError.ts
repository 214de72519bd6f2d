import { HeadroomError } from '../../errors/index.ts';

/** Where in a query something stands, as Prometheus counts: `line:column` from 1, columns in bytes. */
export function lineAndColumn(query: string, offset: number): string {
  const before = query.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  const line = before.split('\n').length;
  const column = Buffer.byteLength(before.slice(lastBreak + 1)) + 1;
  return `${String(line)}:${String(column)}`;
}

/** A query that cannot be read, with Prometheus' words: `1:5: parse error: ...`. */
export function parseError(query: string, offset: number, problem: string): HeadroomError {
  const where = query === '' ? 'unknown position' : lineAndColumn(query, offset);
  return new HeadroomError('PROMQL_QUERY_INVALID', { problem: `${where}: parse error: ${problem}` });
}
