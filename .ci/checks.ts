// Every check of CI in turn, each counted as one, then the tests; the last line counts them all together.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const checks: ReadonlyArray<readonly [name: string, script: string]> = [
  ['types', 'typecheck'],
  ['types of Grafana 12.3 and React 19', 'typecheck:oldest'],
  ['lint', 'lint'],
  ['format', 'format:check'],
  ['arrows', 'arrows'],
  ['build', 'build'],
  ['plugin rules', 'plugin:check'],
  ['documents', 'docs:check'],
  ['acting', 'acting:check'],
  ['fuzzed inputs', 'fuzz:check'],
];

let passed = 0;
const failed: string[] = [];

for (const [name, script] of checks) {
  process.stdout.write(`\n== ${name} ==\n`);
  const { code } = await npmRun(script);
  if (code === 0) {
    passed++;
  } else {
    failed.push(name);
  }
}

const tests = await npmRun('test');
const counts = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m.exec(tests.tail);
passed += Number(counts?.[1] ?? 0);
const failedTests = counts === null ? 1 : Number(counts[2]);
if (tests.code !== 0 && failedTests === 0) {
  failed.push('tests');
}
for (const name of failed) {
  process.stdout.write(`failed: ${name}\n`);
}
const failures = failed.length + failedTests;
process.stdout.write(`${passed} passed, ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;

function npmRun(script: string): Promise<{ code: number; tail: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH: `${join(process.cwd(), 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}` },
    });
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      tail = (tail + chunk.toString()).slice(-20_000);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? 1, tail: lastCountLine(tail) });
    });
  });
}

function lastCountLine(text: string): string {
  return text.split('\n').findLast((line) => /^\d+ passed, \d+ failed/.test(line)) ?? '';
}
