import { type IconName, type PluginMeta } from '@grafana/data';
import { PLUGIN_ID } from '../pluginId.ts';

export interface Place {
  readonly title: string;
  readonly href: string;
  readonly icon: IconName;
}

/** The places of the navigation: the app's own pages as plugin.json lists them, a dashboard, the configuration. */
export function placesOf(meta: PluginMeta): { readonly app: Place[]; readonly around: Place[] } {
  const app = (meta.includes ?? [])
    .filter(({ type, addToNav, path }) => (type as string) === 'page' && addToNav !== false && path !== undefined)
    .map(({ name, path, icon }) => ({
      title: name,
      href: (path ?? '').replaceAll('%PLUGIN_ID%', PLUGIN_ID),
      icon: (icon ?? 'apps') as IconName,
    }))
    .filter(({ href }) => href.startsWith(`/a/${PLUGIN_ID}`));
  return {
    app,
    around: [
      { title: 'Demo dashboard', href: '/d/demo', icon: 'dashboard' },
      { title: 'Explore', href: '/explore', icon: 'compass' },
      { title: 'Another app', href: '/a/another-app', icon: 'apps' },
      { title: 'Configuration', href: `/plugins/${PLUGIN_ID}`, icon: 'cog' },
    ],
  };
}

/** The place whose address the path stands under, the longest where several do. */
export function placeAt(places: readonly Place[], pathname: string): Place | undefined {
  return places
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href.replace(/\/$/, '')}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
