import { build, type Plugin } from 'esbuild';
import { realpathSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = join(ROOT, 'workbench/page');
const DIST = join(ROOT, 'workbench/dist');
const FRESH = join(ROOT, 'workbench/dist.new');
/** Where it really lies, as the bundler sees it: by two paths one module would be two. */
const MODULES = realpathSync(join(ROOT, 'node_modules'));
const GRAFANA = join(MODULES, '@grafana');

/** @grafana/runtime's package.json publishes its entries alone; the page needs the setters beside them. */
const runtimeInternals: Plugin = {
  name: 'runtime-internals',
  setup(bundler) {
    bundler.onResolve({ filter: /^@grafana\/runtime\/dist\// }, ({ path }) => ({
      path: join(MODULES, path),
    }));
  },
};

/** The fonts of Grafana's own server are not in its packages: page.css names those that lie here. */
const ownFonts: Plugin = {
  name: 'own-fonts',
  setup(bundler) {
    bundler.onLoad({ filter: /@grafana\/ui\/dist\/esm\/themes\/GlobalStyles\/fonts\.mjs$/ }, () => ({
      contents: 'export function getFontStyles() { return []; }',
    }));
  },
};

/** The code editor's many style sheets are left out: no page of the app shows one. */
const noEditorStyles: Plugin = {
  name: 'no-editor-styles',
  setup(bundler) {
    bundler.onLoad({ filter: /node_modules\/monaco-editor\/.*\.css$/ }, () => ({ contents: '', loader: 'css' }));
  },
};

/** Builds the scripts; the chunks that the page's script begins with, as addresses. */
async function bundle(): Promise<string[]> {
  const shared = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    target: 'es2022',
    logLevel: 'warning',
    legalComments: 'none',
  } as const;
  await build({ ...shared, entryPoints: { boot: join(PAGE, 'boot.ts') }, outdir: FRESH, format: 'iife' });
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: { main: join(PAGE, 'main.tsx') },
    outdir: FRESH,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    publicPath: '/workbench',
    sourcemap: false,
    jsx: 'automatic',
    plugins: [runtimeInternals, ownFonts, noEditorStyles],
    // One copy each: of the emotion of @grafana/ui, whose styles the page's share, and of what is there twice and alike.
    alias: {
      '@emotion/css': join(GRAFANA, 'ui/node_modules/@emotion/css'),
      // The zones' changes of ten years, not of two hundred.
      'moment-timezone': join(MODULES, 'moment-timezone/builds/moment-timezone-with-data-10-year-range.js'),
      '@grafana/e2e-selectors': join(GRAFANA, 'ui/node_modules/@grafana/e2e-selectors'),
    },
    // `define` is the loader's alone: bundled UMD modules must not find it.
    define: { 'process.env.NODE_ENV': '"production"', define: 'undefined', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.ttf': 'file', '.woff': 'file', '.woff2': 'file' },
  });
  const [, main] = Object.entries(metafile.outputs).find(([path]) => path.endsWith('/main.js')) ?? [];
  return (main?.imports ?? [])
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `/workbench/chunks/${basename(path)}`);
}

interface PluginJson {
  readonly id: string;
  readonly includes: ReadonlyArray<{ readonly type: string; readonly path?: string }>;
}

/**
 * The page, with what it will ask for after its script has run: the chunks of that script, the plugin's and its panels'
 * plugin.json, its module. They come meanwhile.
 */
async function writePage(chunks: readonly string[]): Promise<void> {
  const plugin = JSON.parse(await readFile(join(ROOT, 'src/plugin.json'), 'utf8')) as PluginJson;
  const folder = `/public/plugins/${plugin.id}`;
  const panels = plugin.includes.flatMap(({ type, path }) => (type === 'panel' && path !== undefined ? [path] : []));
  const links = [
    ...chunks.map((path) => `<link rel="modulepreload" href="${path}" />`),
    ...['plugin.json', ...panels].map(
      (path) => `<link rel="preload" href="${folder}/${path}" as="fetch" crossorigin />`
    ),
    `<link rel="preload" href="${folder}/module.js" as="script" />`,
  ];
  const html = await readFile(join(PAGE, 'index.html'), 'utf8');
  await writeFile(
    join(FRESH, 'index.html'),
    html.replace('    <!-- preloads -->', links.map((link) => `    ${link}`).join('\n'))
  );
}

/** Beside each script and style sheet the same compressed, so that the sidecar needn't at each request. */
async function compress(): Promise<void> {
  const files = (await readdir(FRESH, { recursive: true })).filter((name) => /\.(js|css)$/.test(name));
  for (const name of files) {
    const path = join(FRESH, name);
    await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path)));
  }
}

await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH, { recursive: true });
await writePage(await bundle());
await cp(join(PAGE, 'page.css'), join(FRESH, 'page.css'));
await cp(join(PAGE, 'fonts'), join(FRESH, 'fonts'), { recursive: true });
await cp(join(GRAFANA, 'ui/dist/public/img'), join(FRESH, 'public/build/img'), { recursive: true });
// @grafana/ui's package lacks some of the icons it names: those the pages use are drawn here.
await cp(join(PAGE, 'icons'), join(FRESH, 'public/build/img/icons/unicons'), { recursive: true });
await compress();
await rm(DIST, { recursive: true, force: true });
await rename(FRESH, DIST);
