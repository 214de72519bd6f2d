// `npm run plugin:check`: the rules of Grafana's plugin validator that need no network, on dist/ and src/.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const faults: string[] = [];
const check = (holds: boolean, fault: string) => {
  if (!holds) {
    faults.push(fault);
  }
};

const MODULE_LIMIT_BYTES = 50 * 1024;
const CHUNK_LIMIT_BYTES = 300 * 1024;

checkIdentity();
checkArchive();
checkSources();
checkLockfile();

for (const fault of faults) {
  process.stderr.write(`plugin rule broken: ${fault}\n`);
}
process.stdout.write(faults.length === 0 ? 'plugin rules hold\n' : '');
process.exitCode = faults.length === 0 ? 0 : 1;

interface PluginJson {
  readonly id: string;
  readonly type: string;
  readonly info: {
    readonly description: string;
    readonly keywords: readonly string[];
    readonly version: string;
    readonly logos: { readonly small: string; readonly large: string };
    readonly screenshots: ReadonlyArray<{ readonly path: string }>;
    readonly links?: ReadonlyArray<{ readonly url: string }>;
  };
  readonly includes?: ReadonlyArray<{ readonly type: string; readonly path?: string }>;
  readonly dependencies: { readonly grafanaDependency: string };
}

function pluginJson(file: string): PluginJson {
  return JSON.parse(readFileSync(file, 'utf8')) as PluginJson;
}

function checkIdentity(): void {
  check(existsSync('.config/webpack/webpack.config.ts'), '.config/webpack/webpack.config.ts is missing');
  check(
    readFileSync('.config/webpack/webpack.config.ts', 'utf8').includes('@grafana/create-plugin'),
    '.config/webpack/webpack.config.ts must be as create-plugin made it'
  );
  check(
    readFileSync('plugin.json', 'utf8') === readFileSync('src/plugin.json', 'utf8'),
    'plugin.json at the root must be a link to src/plugin.json'
  );
}

function checkArchive(): void {
  for (const file of ['module.js', 'module.js.map', 'plugin.json', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    check(existsSync(join('dist', file)), `dist/${file} is missing: run npm run build`);
  }
  const files = listFiles('dist');
  const manifests = files.filter((file) => file.endsWith('plugin.json'));
  const app = pluginJson('dist/plugin.json');
  for (const manifest of manifests) {
    const plugin = pluginJson(manifest);
    const folder = join(manifest, '..');
    check(
      /^[0-9a-z]+-([0-9a-z]+-)?(app|panel|datasource)$/.test(plugin.id),
      `${manifest}: id ${plugin.id} has the wrong form`
    );
    check(plugin.id.endsWith(`-${plugin.type}`), `${manifest}: id must end with its type`);
    check(/^\d+\.\d+\.\d+$/.test(plugin.info.version), `${manifest}: version ${plugin.info.version} is not filled in`);
    check(plugin.info.description.length > 20, `${manifest}: needs a description`);
    check(plugin.info.keywords.length > 0, `${manifest}: needs keywords`);
    check(
      plugin.dependencies.grafanaDependency === app.dependencies.grafanaDependency,
      `${manifest}: grafanaDependency differs from the app's`
    );
    check(existsSync(join(folder, 'module.js')), `${folder}/module.js is missing`);
    for (const path of [
      plugin.info.logos.small,
      plugin.info.logos.large,
      ...plugin.info.screenshots.map((each) => each.path),
    ]) {
      check(existsSync(join(folder, path)), `${manifest}: ${path} is missing`);
    }
    for (const { url } of plugin.info.links ?? []) {
      check(url.startsWith('https://'), `${manifest}: link ${url} must be https`);
    }
    if (manifest !== join('dist', 'plugin.json')) {
      const path = relative('dist', manifest);
      check(
        app.includes?.some((include) => include.type === plugin.type && include.path === path) === true,
        `dist/plugin.json must include {type: ${plugin.type}, path: ${path}}`
      );
    }
  }
  for (const file of ['Dockerfile', 'docs/grafana.md']) {
    const text = readFileSync(file, 'utf8');
    for (const manifest of manifests) {
      const { id } = pluginJson(manifest);
      check(text.includes(id), `${file} does not allow ${id} unsigned: Grafana in production would not load it`);
    }
  }
  for (const include of app.includes ?? []) {
    if (include.type === 'panel' || include.type === 'datasource') {
      check(
        existsSync(join('dist', include.path ?? '')),
        `dist/plugin.json includes ${include.path ?? ''}, which is missing`
      );
    }
  }
  check(gzipSize('dist/module.js') < MODULE_LIMIT_BYTES, `dist/module.js is over ${MODULE_LIMIT_BYTES / 1024} KB gzip`);
  for (const file of files.filter((each) => each.endsWith('.js'))) {
    check(gzipSize(file) < CHUNK_LIMIT_BYTES, `${file} is over ${CHUNK_LIMIT_BYTES / 1024} KB gzip`);
  }
  for (const file of files.filter((each) => each.endsWith('.svg'))) {
    check(!/<script|javascript:|\son\w+=/i.test(readFileSync(file, 'utf8')), `${file} is no safe SVG`);
  }
  const readme = readFileSync('dist/README.md', 'utf8');
  check(!/\b(yarn|nodejs)\b/i.test(readme), 'src/README.md is for users: no yarn, no nodejs');
  check(readme.length > 500, 'src/README.md says too little');
  check(!/\[(fullname|year|name of copyright owner|yyyy)\]/i.test(licenceBody()), 'LICENSE has placeholders');
}

function licenceBody(): string {
  return readFileSync('dist/LICENSE', 'utf8').split('APPENDIX')[0] ?? '';
}

function checkSources(): void {
  const forbidden: ReadonlyArray<readonly [RegExp, string]> = [
    [/(?<![\w.])(alert|confirm|prompt)\(/, 'uses a native dialog'],
    [/window\.open\((?![^)]*noopener)/, 'opens a window without noopener'],
    [/import ['"][^'"]+\.s?css['"]/, 'imports a style sheet'],
    [/\bGlobal\b.*@emotion|injectGlobal/, 'writes global styles'],
    [/\/api\/ds\/query/, 'asks the query endpoint directly instead of a data source'],
    [/grafanaBootData/, 'reads window.grafanaBootData'],
    [/console\.(log|info|debug|warn|error)\(/, 'writes to the console'],
    [/window\.location\.(href|search)/, 'reads window.location'],
    [/@ts-(ignore|expect-error|nocheck)/, 'silences the type checker'],
    [/gf-form/, 'uses gf-form classes'],
    [/dangerouslySetInnerHTML|\.innerHTML\s*=|\beval\(/, 'inserts markup or code'],
    [/localStorage\.(get|set)Item\(['"](?!headroom-capacity-app)/, 'uses a localStorage key without the plugin id'],
  ];
  for (const file of listFiles('src').filter((each) => /\.tsx?$/.test(each) && !/\.test\.tsx?$/.test(each))) {
    const text = readFileSync(file, 'utf8');
    for (const [pattern, fault] of forbidden) {
      check(!pattern.test(text), `${file} ${fault}`);
    }
  }
}

function checkLockfile(): void {
  const lock = readFileSync('package-lock.json', 'utf8');
  check(
    !/"resolved": "http/.test(lock),
    'package-lock.json names a registry: install with omit-lockfile-registry-resolved'
  );
}

function listFiles(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
}

function gzipSize(file: string): number {
  return existsSync(file) ? gzipSync(readFileSync(file)).length : 0;
}
