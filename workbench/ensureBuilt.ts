import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfInputs } from './hashOfInputs.ts';

interface Part {
  readonly name: string;
  readonly result: string;
  readonly inputs: readonly string[];
  readonly command: readonly string[];
}

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const STAMP = 'workbench/dist/built-from.json';
const PACKAGES = ['package.json', 'package-lock.json'];

const PARTS: readonly Part[] = [
  {
    name: 'the Grafana app',
    result: 'dist/module.js',
    inputs: [
      'src',
      'contract',
      '.config',
      'webpack.config.ts',
      'LICENSE',
      'CHANGELOG.md',
      'tsconfig.json',
      ...PACKAGES,
    ],
    command: [
      'node_modules/webpack/bin/webpack.js',
      ...['--config', 'webpack.config.ts', '--env', 'production', '--stats', 'errors-warnings'],
    ],
  },
  {
    name: 'the workbench',
    result: 'workbench/dist/index.html',
    inputs: ['workbench/page', 'workbench/build.ts', 'src/plugin.json', ...PACKAGES],
    command: ['workbench/build.ts'],
  },
];

/** Builds the parts that are missing or older than what they are made from; `all` builds them in any case. */
async function ensureBuilt(all: boolean): Promise<void> {
  const before = await readStamp();
  const stamp: Record<string, string> = {};
  let built = 0;
  for (const part of PARTS) {
    const hash = await hashOfInputs(ROOT, part.inputs);
    const isMissing = !existsSync(join(ROOT, part.result));
    if (all || isMissing || before[part.name] !== hash) {
      const why = all ? '' : isMissing ? ': it is not there yet' : ': its source has changed';
      process.stderr.write(`Building ${part.name}${why}\n`);
      await run(part);
      built += 1;
    }
    stamp[part.name] = hash;
  }
  if (built > 0) {
    await mkdir(join(ROOT, 'workbench/dist'), { recursive: true });
    await writeFile(join(ROOT, `${STAMP}.tmp`), JSON.stringify(stamp));
    await rename(join(ROOT, `${STAMP}.tmp`), join(ROOT, STAMP));
  }
}

async function readStamp(): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(ROOT, STAMP), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

async function run({ name, command }: Part): Promise<void> {
  const [script] = command;
  if (script === undefined || !existsSync(join(ROOT, script))) {
    throw new Error(`${name} can't be built: ${script ?? ''} is not installed. Run npm ci first`);
  }
  const started = performance.now();
  const output: string[] = [];
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (part: Buffer) => output.push(part.toString()));
  child.stderr.on('data', (part: Buffer) => output.push(part.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (status !== 0) {
    throw new Error(`${name} can't be built:\n${output.join('').trim().split('\n').slice(-30).join('\n')}`);
  }
  process.stderr.write(`Built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

if (import.meta.main) {
  try {
    await ensureBuilt(process.argv.includes('--all'));
  } catch (error) {
    process.stderr.write(`headroom: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
