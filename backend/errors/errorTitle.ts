import type { ErrorCode } from './table.ts';

const SPELLED: Readonly<Record<string, string>> = {
  api: 'API',
  csv: 'CSV',
  promql: 'PromQL',
  promqltest: 'PromQL test',
};

/** The same few words for every error of a code, as RFC 9457 asks of a title: `Plan invalid`. */
export function errorTitle(code: ErrorCode): string {
  const words = code
    .toLowerCase()
    .split('_')
    .map((word) => SPELLED[word] ?? word)
    .join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
