#!/usr/bin/env node
// Starts the command on Node 24: this process when it is new enough, else the one that the npm package `node` brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // What was compiled once is kept beside what is installed, for this process and its threads; where nothing can be written, nothing is kept.
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/headroom', import.meta.url));
  module.enableCompileCache();
  const { runProcess } = await import('./cli.ts');
  await runProcess();
} else {
  const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(bundled)) {
    process.stderr.write(`headroom: Node 24 is needed, this is ${process.version}: run \`npm ci\` first\n`);
    process.exit(1);
  }
  const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
