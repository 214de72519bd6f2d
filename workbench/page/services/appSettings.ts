import { PLUGIN_ID } from '../pluginId.ts';

export interface AppSettings {
  readonly enabled: boolean;
  readonly pinned: boolean;
  readonly jsonData: Record<string, unknown>;
  readonly secureJsonFields: Record<string, boolean>;
}

const STORAGE_KEY = `${PLUGIN_ID}.workbench.settings`;
/** The sidecar is the server of the page itself, and its data source the workbench's one. */
const DEFAULTS: AppSettings = {
  enabled: true,
  pinned: true,
  jsonData: { url: window.location.origin, datasourceUid: 'headroom' },
  secureJsonFields: {},
};

/** The app's settings, which Grafana would keep in its database: here this browser keeps them. */
export function readAppSettings(): AppSettings {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? '{}');
    return { ...DEFAULTS, ...(kept as Partial<AppSettings>) };
  } catch {
    return DEFAULTS;
  }
}

/** Takes what a configuration page posts. A secret is dropped: only that there is one is kept, as Grafana tells it. */
export function saveAppSettings(body: {
  readonly enabled?: boolean;
  readonly pinned?: boolean;
  readonly jsonData?: Record<string, unknown>;
  readonly secureJsonData?: Record<string, unknown>;
}): AppSettings {
  const before = readAppSettings();
  const secrets = Object.entries(body.secureJsonData ?? {}).map(([name, value]) => [name, value !== ''] as const);
  const settings: AppSettings = {
    enabled: body.enabled ?? before.enabled,
    pinned: body.pinned ?? before.pinned,
    jsonData: body.jsonData ?? before.jsonData,
    secureJsonFields: { ...before.secureJsonFields, ...Object.fromEntries(secrets) },
  };
  window.localStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
  return settings;
}
