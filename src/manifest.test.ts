import './testing/standIns';
import fs from 'node:fs';
import path from 'node:path';
import { plugin } from './module';
import forecastBandJson from './panels/forecastband/plugin.json';
import recommendationJson from './panels/recommendation/plugin.json';
import shortfallTimelineJson from './panels/shortfalltimeline/plugin.json';
import appJson from './plugin.json';
import { PLUGIN_ID, ROUTES } from './routes';
import { PERMISSIONS } from './sidecar/permissions';
import { testIds } from './testIds';

const SRC = __dirname;
const PANELS = [
  ['panels/forecastband', forecastBandJson],
  ['panels/shortfalltimeline', shortfallTimelineJson],
  ['panels/recommendation', recommendationJson],
] as const;

function sources(folder: string = SRC): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? sources(file) : /(?<!\.test)\.tsx?$/.test(entry.name) ? [file] : [];
  });
}

describe('plugin.json', () => {
  const actions = appJson.roles.flatMap(({ role }) => role.permissions.map(({ action }) => action));

  it('declares every permission the code knows, and no other', () => {
    expect(new Set(actions)).toEqual(new Set(Object.values(PERMISSIONS)));
    expect(actions.every((action) => action.startsWith(`${PLUGIN_ID}.`))).toBe(true);
  });

  it('opens no proxy route without a declared permission, and sends each permission its own token', () => {
    const tokens = {
      [PERMISSIONS.read]: 'tokenRead',
      [PERMISSIONS.propose]: 'tokenPropose',
      [PERMISSIONS.approve]: 'tokenApprove',
      [PERMISSIONS.scale]: 'tokenScale',
      [PERMISSIONS.admin]: 'tokenAdmin',
    };
    expect(new Set(appJson.routes.map(({ reqAction }) => reqAction))).toEqual(new Set(actions));
    for (const route of appJson.routes) {
      const token = tokens[route.reqAction as keyof typeof tokens];
      expect(route.url.startsWith('{{ .JsonData.url }}')).toBe(true);
      expect(route.headers).toEqual([{ name: 'Authorization', content: `Bearer {{ .SecureJsonData.${token} }}` }]);
    }
  });

  it('changes nothing by the route that everybody may read by', () => {
    const reading = appJson.routes.filter(({ reqAction }) => reqAction === PERMISSIONS.read);
    const writing = reading.filter((route) => !('method' in route) || route.method !== 'GET');
    expect(writing.map(({ path: route }) => route)).toEqual([
      'sidecar/api/v1/forecasts/preview',
      'sidecar/api/v1/simulations',
      'sidecar/api/v1/experiments/plan',
    ]);
    const others = appJson.routes.filter(({ reqAction }) => reqAction !== PERMISSIONS.read);
    expect(others.map(({ path: route }) => route)).toEqual(['propose/*', 'approve/*', 'scale/*', 'admin/*']);
  });

  it('mirrors the links that the module adds', () => {
    const added = plugin.addedLinkConfigs.map(({ title, description, targets }) => ({
      title,
      description,
      targets: [targets].flat(),
    }));
    expect(added).toEqual(appJson.extensions.addedLinks);
    const exposed = plugin.exposedComponentConfigs.map(({ id, title, description }) => ({ id, title, description }));
    expect(exposed).toEqual(appJson.extensions.exposedComponents);
    expect(plugin.addedLinkConfigs.every((link) => link.path?.startsWith(`/a/${PLUGIN_ID}/`))).toBe(true);
  });

  it('includes pages that exist, and the nested panels by their files', () => {
    const pages = appJson.includes.filter(({ type, path: page }) => type === 'page' && page.startsWith('/a/'));
    const places = Object.values(ROUTES).map((route) => `/a/%PLUGIN_ID%/${route}`);
    expect(pages.map(({ path: page }) => page).filter((page) => !places.includes(page))).toEqual([]);
    expect(pages[0]?.path).toBe(`/a/%PLUGIN_ID%/${ROUTES.overview}`);
    expect(pages.map(({ action }) => action)).toEqual(pages.map(() => PERMISSIONS.read));
    const panels = appJson.includes.filter(({ type }) => type === 'panel');
    expect(panels.map(({ path: file }) => file)).toEqual(PANELS.map(([folder]) => `${folder}/plugin.json`));
  });

  it('asks for the same Grafana as its panels, and all have their logos and words', () => {
    for (const [name, { info, languages, id, dependencies }] of [['.', appJson], ...PANELS] as const) {
      const folder = path.join(SRC, name);
      expect(dependencies.grafanaDependency).toBe(appJson.dependencies.grafanaDependency);
      expect(fs.existsSync(path.join(folder, info.logos.small))).toBe(true);
      for (const language of languages) {
        expect(fs.existsSync(path.join(folder, `locales/${language}/${id}.json`))).toBe(true);
      }
    }
  });
});

it('every test id is there once', () => {
  const ids: string[] = [];
  const collect = (value: unknown) => {
    if (typeof value === 'string') {
      ids.push(value);
    } else if (typeof value === 'function') {
      ids.push(String((value as (name: string) => string)('x')));
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(collect);
    }
  };
  collect(testIds);
  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
});

describe("the plugin validator's rules that a text can show", () => {
  const RULES: ReadonlyArray<readonly [string, RegExp]> = [
    ['no console output', /\bconsole\.(log|info|debug|warn|error)\b/],
    ['no native dialogs', /\b(?:window\.)?(?:alert|confirm|prompt)\(/],
    ['no windows without noopener', /window\.open\(/],
    ['no direct data source endpoint', /\/api\/ds\/query/],
    ['no Grafana globals', /window\.grafanaBootData/],
    ['no page address by hand', /window\.location/],
    ['no silenced types', /@ts-(ignore|expect-error|nocheck)/],
    ['no inner HTML', /dangerouslySetInnerHTML|innerHTML/],
    ['no global styles', /injectGlobal|<Global\b|import ['"][^'"]+\.s?css['"]/],
    ['no eval', /\beval\(|new Function\(/],
    ['no element queries by hand', /document\.querySelector|document\.getElement/],
    ['no fixed colours', /#[0-9a-f]{6}\b|\brgba?\(/i],
  ];
  const files = sources().filter((file) => !file.includes(`${path.sep}testing${path.sep}`));

  it.each(RULES)('%s', (_name, pattern) => {
    expect(files.filter((file) => pattern.test(fs.readFileSync(file, 'utf8')))).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it('the README has neither steps of installation nor words of developers', () => {
    const readme = fs.readFileSync(path.join(SRC, 'README.md'), 'utf8');
    expect(readme).not.toMatch(/\b(yarn|nodejs|node\.js|npm|install(ation|ing)?|docker)\b/i);
    expect(readme).not.toMatch(/<!--|\bTODO\b/);
  });
});
