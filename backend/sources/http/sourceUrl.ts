import { HeadroomError } from '../../errors/index.ts';
import type { HttpAccess } from './httpAccess.ts';

/** The address of `path` below the access's url, whose own query (`?dedup=true`) stays. Throws SOURCE_SETTINGS_INVALID. */
export function sourceUrl(access: HttpAccess, path: string): URL {
  if (!URL.canParse(access.url)) {
    throw new HeadroomError('SOURCE_SETTINGS_INVALID', { source: access.name, problem: 'its url is none' });
  }
  const url = new URL(access.url);
  if (url.username !== '' || url.password !== '') {
    throw new HeadroomError('SOURCE_SETTINGS_INVALID', {
      source: access.name,
      problem: 'its url holds credentials; name them by basicAuth or tokenEnv instead',
    });
  }
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  url.hash = '';
  return url;
}

/** An address as messages show it: without query, where secrets may hide. */
export function shownUrl(url: URL): string {
  return url.origin + url.pathname;
}
