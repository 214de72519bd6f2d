import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCli } from '../backend/cli.ts';
import { runCommand } from '../backend/runCommand.fixture.ts';
import { startVirtualSidecar, type VirtualSidecar } from '../backend/virtualSidecar.fixture.ts';
import { demoWorkloads } from '../backend/sources/index.ts';
import { DOCUMENTS, fenced, ROOT } from './markdown.fixture.ts';

const NOW = 1_795_000_000;

/**
 * All but the runbooks, which ask about a workload in trouble and another server, and acting, whose commands follow from
 * each other: runbooks.test.ts and acting.test.ts hold what they show.
 */
const SHOWN = DOCUMENTS.filter(({ name }) => !name.startsWith('docs/runbooks/') && name !== 'docs/acting/README.md');

/** Commands that cannot be run here, why, and what holds them instead. */
const HELD_ELSEWHERE: ReadonlyArray<readonly [pattern: RegExp, why: string]> = [
  [
    /^npm ci$|^npm ci && npm (start|test)$/,
    'installs and builds: .ci/run does so on a bare machine; e2e/ opens the page',
  ],
  [/^npm test$/, 'this is one of its tests'],
  [/^npm run build$/, 'builds the plugin: .ci/checks.ts runs it, .ci/pluginCheck.ts looks at what it made'],
  [/ npx headroom copy-storage /, 'needs PostgreSQL: backend/commands/copyStorage.test.ts holds it'],
  [
    /^(npx headroom release|kubectl) /,
    'needs a cluster: backend/commands/release.test.ts and backend/targets/kubernetes/manifests.test.ts hold it',
  ],
  [
    /^curl .*\/decisions\/export > /,
    'needs a token and writes a file: backend/http/app/decisionRoutes.test.ts and backend/security.test.ts hold it',
  ],
  [/^docker compose up --build$/, 'needs Docker: provisioning/compose.test.ts holds the file'],
  [/^GRAFANA_URL=\S+ .*npx playwright test /, 'needs a Grafana: the same specs run on the workbench'],
];

/** A shell line as words; single and double quotes hold words together. */
function wordsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
    ([, single, double, bare]) => single ?? double ?? bare!
  );
}

const commands = [
  ...new Map(
    SHOWN.flatMap(({ name, text }) =>
      fenced(text, 'sh')
        .flatMap((block) => block.split('\n'))
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [line, name] as const)
    )
  ),
];

describe('every command that the documents show', () => {
  let directory = '';
  let sidecar: VirtualSidecar;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'headroom-documents-'));
    symlinkSync(join(ROOT, 'docs'), join(directory, 'docs'));
    // What a command writes lands here.
    process.chdir(directory);
    const demo = demoWorkloads();
    const declared = { ...demo, workloads: demo.workloads.filter(({ name }) => ['search', 'checkout'].includes(name)) };
    sidecar = await startVirtualSidecar({ declared, nowSeconds: NOW });
    for (let hour = 0; hour < 4; hour++) {
      await sidecar.turn();
      sidecar.nowSeconds += 3600;
    }
    await sidecar.turn();
  });
  after(async () => {
    process.chdir(ROOT);
    await sidecar.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is found', () => {
    assert.ok(commands.length > 15, `${commands.length} commands`);
    for (const [pattern, why] of HELD_ELSEWHERE) {
      assert.ok(
        commands.some(([line]) => pattern.test(line)),
        `nothing shows what is held elsewhere because it ${why}`
      );
    }
  });

  for (const [line, name] of commands) {
    if (HELD_ELSEWHERE.some(([pattern]) => pattern.test(line))) {
      continue;
    }
    const words = wordsOf(line);
    it(`${name}: ${line}`, async () => {
      if (words[0] === 'curl') {
        await assertCurl(words);
        return;
      }
      assert.deepEqual(words.slice(0, 2), ['npx', 'headroom'], 'is neither a headroom command nor held elsewhere');
      await assertRuns(words.slice(2));
    });
  }

  async function assertRuns([command = '', ...rest]: readonly string[]): Promise<void> {
    const isServing = command === 'serve' || (command === 'demo-exporter' && rest.includes('--listen'));
    const args = rest.map((word) => (/^127\.0\.0\.1:\d+$/.test(word) ? '127.0.0.1:0' : word));
    const env = {
      HEADROOM_LISTEN: '127.0.0.1:0',
      HEADROOM_DATA_DIR: join(directory, 'data'),
      HEADROOM_LOG_LEVEL: 'error',
    };
    if (!isServing) {
      const { exitCode, stdout, stderr } = await runCommand([command, ...args], env);
      assert.equal(exitCode, 0, stderr);
      assert.ok(stdout !== '' || args.includes('--out'));
      return;
    }
    const interrupt = new AbortController();
    let stdout = '';
    const write = (text: string) => {
      stdout += text;
      if (stdout.includes('ready at http://127.0.0.1:')) {
        interrupt.abort('SIGTERM');
      }
    };
    const stderr = { write: (text: string) => void (stdout += text) };
    assert.equal(
      await runCli([command, ...args], { stdout: { write }, stderr, env, signal: interrupt.signal }),
      0,
      stdout
    );
    assert.match(stdout, /is ready at http/);
  }

  /** The request that a curl line makes, to a sidecar on the demo fleet. */
  async function assertCurl(curl: readonly string[]): Promise<void> {
    const [address = ''] = curl.filter((word) => word.startsWith('http'));
    const { host, pathname } = new URL(address);
    assert.equal(host, '127.0.0.1:8370');
    assert.deepEqual(curl[1], '-sG');
    const parameters = curl
      .filter((_, index) => curl[index - 1] === '--data-urlencode')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
    const query = new URLSearchParams(parameters).toString();
    const answer = await sidecar.get<{ status: string; data: { result: unknown[] } }>(`${pathname}?${query}`);
    assert.equal(answer.status, 'success');
    assert.ok(answer.data.result.length > 0);
  }

  for (const { name, text } of SHOWN) {
    const queries = fenced(text, 'promql')
      .flatMap((block) => block.split(/\n\s*\n/))
      .map((part) => part.replace(/^#.*$/gm, '').trim())
      .filter((query) => query !== '');
    for (const query of queries) {
      it(`${name}: ${query}`, async () => {
        const parameters = new URLSearchParams({ query, time: String(sidecar.nowSeconds) });
        const answer = await sidecar.get<{ status: string; error?: string; data?: { result: unknown[] } }>(
          `/prometheus/api/v1/query?${parameters.toString()}`
        );
        assert.equal(answer.status, 'success', answer.error);
        assert.ok((answer.data?.result.length ?? 0) > 0, 'has an answer on the demo fleet');
      });
    }
  }
});
