import type { QueryValue } from './setupDraft';

const LONGEST = 63;
/** Labels that tell which service a query is of, the surest first. */
const TELLING = ['service', 'deployment', 'app', 'workload', 'job', 'container', 'namespace'];

/** A name for what a query is of: the service that it selects, or the name that it asks for; empty where none shows. */
export function suggestedName(query: QueryValue, title: string): string {
  const text = typeof query === 'string' ? query : '';
  for (const label of TELLING) {
    const value = new RegExp(`\\b${label}\\s*=~?\\s*"([^"]+)"`).exec(text)?.[1];
    if (value !== undefined && tidied(value) !== '') {
      return tidied(value);
    }
  }
  if (title !== '') {
    return tidied(title);
  }
  const series = /^([\w-]+)\.[\w-]+$/.exec(text)?.[1];
  return tidied(series ?? /[a-zA-Z_:][\w:]*(?=\s*[{[)]|$)/.exec(text)?.[0] ?? '');
}

/** As names are written: lower case, joined by dashes. */
function tidied(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/_+/g, '-')
    .slice(0, LONGEST)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}
