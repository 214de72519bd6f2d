// Runs before the page's modules: @grafana/runtime reads window.grafanaBootData once, when it is first imported.
import { PLUGIN_ID } from './pluginId.ts';
import { chosenTheme } from './themeChoice.ts';

const theme = chosenTheme();
document.documentElement.dataset['theme'] = theme;

const bootData = {
  assets: { dark: '', light: '' },
  navTree: [],
  settings: {
    appUrl: `${window.location.origin}/`,
    appSubUrl: '',
    buildInfo: { version: '13.1.0', commit: 'workbench', env: 'production' },
    defaultDatasource: 'Headroom',
    featureToggles: {},
    apps: {
      [PLUGIN_ID]: { id: PLUGIN_ID, path: `/public/plugins/${PLUGIN_ID}/module.js`, version: '', preload: false },
    },
    panels: {},
    unifiedAlertingEnabled: true,
  },
  user: {
    id: 1,
    isSignedIn: true,
    login: 'workbench',
    name: 'Workbench',
    email: '',
    orgId: 1,
    orgRole: 'Admin',
    isGrafanaAdmin: true,
    theme,
    timezone: 'browser',
    weekStart: '',
    language: 'en-US',
    locale: 'en-US',
    // Every action: on the workbench the sidecar's own tokens are the only gate.
    permissions: new Proxy<Record<string, boolean>>({}, { get: () => true, has: () => true }),
  },
};

(window as unknown as { grafanaBootData: unknown }).grafanaBootData = bootData;
