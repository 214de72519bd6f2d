import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Command } from 'commander';
import { HeadroomError } from '../errors/index.ts';
import { addDemoExporterCommand } from './demoExporter.ts';
import { DEMO_METRICS, demoExposition } from './demoExposition.ts';
import { demoSeriesNames, exportedName } from './demoSeriesNames.ts';

interface Run {
  readonly stdout: string[];
  readonly stop: () => void;
  readonly done: Promise<unknown>;
}

function run(...argv: string[]): Run {
  const abort = new AbortController();
  const stdout: string[] = [];
  const io = {
    stdout: { write: (text: string) => stdout.push(text) },
    stderr: { write: () => undefined },
    env: {},
    signal: abort.signal,
  };
  const program = new Command('headroom').exitOverride();
  addDemoExporterCommand(program, io);
  const done = program.parseAsync(['demo-exporter', ...argv], { from: 'user' });
  return {
    stdout,
    stop: () => {
      abort.abort('SIGTERM');
    },
    done,
  };
}

test('every series of the demo fleet has a metric of its own, and no two share a name', () => {
  const names = demoSeriesNames();
  assert.ok(names.length >= 6 * 6);
  assert.equal(new Set(names.map(({ metric, service }) => `${metric} ${service}`)).size, names.length);
  assert.throws(() => exportedName('checkout.temperature'), /add it to DEMO_METRICS/);
});

test('what was not measured is left out, and so is the head of a metric without samples', () => {
  const text = demoExposition([
    { metric: 'demo_cpu_cores', service: 'a', value: Number.NaN },
    { metric: 'demo_requests_per_second', service: 'a', value: 0 },
    { metric: 'demo_requests_per_second', service: 'b', value: Number.NaN },
  ]);
  assert.equal(
    text,
    '# TYPE demo_requests_per_second gauge\n' +
      `# HELP demo_requests_per_second ${DEMO_METRICS['requests']?.help ?? ''}\n` +
      'demo_requests_per_second{service="a"} 0\n# EOF\n'
  );
});

test('a scrape tells the present of every service; other paths are 404', async () => {
  const exporter = run('--listen', '127.0.0.1:0');
  try {
    while (exporter.stdout.length === 0) {
      await new Promise(setImmediate);
    }
    const url = /http:\S+/.exec(exporter.stdout[0] ?? '')?.[0] ?? '';
    const response = await fetch(url);
    const text = await response.text();
    assert.match(response.headers.get('content-type') ?? '', /^application\/openmetrics-text/);
    assert.match(text, /^demo_requests_per_second\{service="checkout"\} \d/m);
    assert.match(text, /^demo_replicas_ready\{service="search"\} \d/m);
    assert.ok(text.endsWith('# EOF\n'));
    const services = new Set(text.match(/service="[^"]+"/g));
    assert.ok(services.size >= 6, [...services].join());
    assert.equal((await fetch(url.replace('/metrics', '/secret'))).status, 404);
  } finally {
    exporter.stop();
    await exporter.done;
  }
});

test('the past is written whole, and promtool makes blocks of it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-exporter-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'demo.om');
  await run('--history', '6h', '--step', '5m', '--out', out, '--quiet').done;
  const text = await readFile(out, 'utf8');
  const checkout = text.match(/^demo_requests_per_second\{service="checkout"\} .+$/gm) ?? [];
  assert.equal(checkout.length, 72);
  const times = checkout.map((line) => Number(line.split(' ')[2]));
  assert.ok(times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === 300));
  const promtool = spawnSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', out, join(folder, 'tsdb')], {
    encoding: 'utf8',
  });
  if (promtool.error !== undefined) {
    t.diagnostic('promtool is not installed: the file was not given to it');
    return;
  }
  assert.equal(promtool.status, 0, promtool.stderr);
});

test('wrong use is one coded error', async () => {
  const wrong: ReadonlyArray<readonly string[]> = [
    ['--history', '6h'],
    ['--history', 'soon', '--out', 'x'],
    ['--history', '0', '--out', 'x'],
    ['--history', '1h', '--step', 'x', '--out', 'x'],
    ['--listen', '9105'],
    ['--listen', '127.0.0.1:99999'],
    ['--seed', '-1'],
  ];
  for (const argv of wrong) {
    await assert.rejects(
      run(...argv).done,
      (error: unknown) => error instanceof HeadroomError && error.code === 'USAGE',
      argv.join(' ')
    );
  }
});
