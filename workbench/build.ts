import { build, type Plugin } from 'esbuild';
import { realpathSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

async function bundle(): Promise<void> {
  const shared = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    target: 'es2022',
    logLevel: 'warning',
    legalComments: 'none',
  } as const;
  await build({ ...shared, entryPoints: { boot: join(PAGE, 'boot.ts') }, outdir: FRESH, format: 'iife' });
  await build({
    ...shared,
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
    // One copy each of what must be one: the emotion of @grafana/ui, whose styles the page's share.
    alias: { '@emotion/css': join(GRAFANA, 'ui/node_modules/@emotion/css') },
    // `define` is the loader's alone: bundled UMD modules must not find it.
    define: { 'process.env.NODE_ENV': '"production"', define: 'undefined', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.ttf': 'file', '.woff': 'file', '.woff2': 'file' },
  });
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
await bundle();
await cp(join(PAGE, 'index.html'), join(FRESH, 'index.html'));
await cp(join(PAGE, 'page.css'), join(FRESH, 'page.css'));
await cp(join(PAGE, 'fonts'), join(FRESH, 'fonts'), { recursive: true });
await cp(join(GRAFANA, 'ui/dist/public/img'), join(FRESH, 'public/build/img'), { recursive: true });
// @grafana/ui's package lacks some of the icons it names: those the pages use are drawn here.
await cp(join(PAGE, 'icons'), join(FRESH, 'public/build/img/icons/unicons'), { recursive: true });
await compress();
await rm(DIST, { recursive: true, force: true });
await rename(FRESH, DIST);
