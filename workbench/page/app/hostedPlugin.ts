import { AppPlugin, PanelPlugin, type AppPluginMeta, type PanelPluginMeta, type PluginMeta } from '@grafana/data';
import { config, getBackendSrv } from '@grafana/runtime';
import { loadPluginModule } from '../modules/loadPluginModule.ts';
import { PLUGIN_ID } from '../pluginId.ts';
import { chosenRole, takeRole } from '../roleChoice.ts';
import { readAppSettings } from '../services/appSettings.ts';
import { registerExposed } from '../services/exposedComponents.tsx';
import { registerLinks } from '../services/pluginLinks.ts';
import { speak } from '../services/pluginTranslations.ts';

const BASE_URL = `public/plugins/${PLUGIN_ID}`;

export interface HostedPlugin {
  readonly app: AppPlugin;
  readonly meta: AppPluginMeta;
  readonly panels: ReadonlyMap<string, PanelPluginMeta>;
}

/** Loads the built app as Grafana does: plugin.json first, then module.js, then what it registers. */
export async function loadHostedPlugin(): Promise<HostedPlugin> {
  const settings = readAppSettings();
  const meta: AppPluginMeta = { ...(await readMeta<AppPluginMeta>(BASE_URL)), ...settings };
  takeRole(chosenRole(), meta);
  const panelFolders = (meta.includes ?? []).flatMap(({ type, path }) =>
    (type as string) === 'panel' && path !== undefined ? [path.replace(/\/plugin\.json$/, '')] : []
  );
  const panelMetas = await Promise.all(
    panelFolders.map((folder) => readMeta<PanelPluginMeta>(`${BASE_URL}/${folder}`))
  );
  const panels = new Map(panelMetas.map((panel) => [panel.id, panel]));
  Object.assign(config.panels, Object.fromEntries(panels));
  await speak(config.bootData.user.language, [meta, ...panelMetas]);
  const { plugin } = await loadPluginModule(`/${BASE_URL}/module.js`);
  if (!(plugin instanceof AppPlugin)) {
    throw new Error(`/${BASE_URL}/module.js exports no AppPlugin as "plugin"`);
  }
  plugin.meta = meta;
  plugin.init(meta);
  registerLinks(meta, plugin);
  registerExposed(meta, plugin);
  return { app: plugin, meta, panels };
}

/** Loads one nested panel by the meta that its plugin.json gave. */
export async function loadPanelPlugin(meta: PanelPluginMeta): Promise<PanelPlugin> {
  const { plugin } = await loadPluginModule(`/${meta.module}`);
  if (!(plugin instanceof PanelPlugin)) {
    throw new Error(`/${meta.module} exports no PanelPlugin as "plugin"`);
  }
  plugin.meta = meta;
  return plugin;
}

async function readMeta<T extends PluginMeta>(baseUrl: string): Promise<T> {
  const pluginJson = await getBackendSrv().get<T>(`/${baseUrl}/plugin.json`, undefined, undefined, {
    showErrorAlert: false,
  });
  return { ...pluginJson, baseUrl, module: `${baseUrl}/module.js` };
}
