// Runs before the page's modules: @grafana/runtime reads window.grafanaBootData once, when it is first imported.
import { chosenLanguage } from './languageChoice.ts';
import { PLUGIN_ID } from './pluginId.ts';
import { chosenTheme } from './themeChoice.ts';

const theme = chosenTheme();
document.documentElement.dataset['theme'] = theme;
const language = chosenLanguage();
document.documentElement.lang = language;

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
    language,
    locale: language,
    // What the chosen role may do is told once plugin.json is read.
    permissions: {},
  },
};

(window as unknown as { grafanaBootData: unknown }).grafanaBootData = bootData;
