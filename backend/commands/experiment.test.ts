import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runCommand } from '../runCommand.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-experiment-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const STEP_SECONDS = 1800;
const DAY_ROWS = 86_400 / STEP_SECONDS;
const lines = Array.from({ length: 26 * DAY_ROWS }, (_, row) => {
  const time = new Date(1000 * (1_789_948_800 + row * STEP_SECONDS)).toISOString();
  const demand = 500 + 300 * Math.sin((2 * Math.PI * row) / DAY_ROWS) + 60 * Math.sin(row * row);
  return `${time},${row % 97 === 5 ? '' : demand.toFixed(1)}`;
});
const trace = join(folder, 'trace.csv');
writeFileSync(trace, `timestamp,requests\n${lines.join('\n')}\n`);
const service = join(folder, 'service.yaml');
writeFileSync(
  service,
  'perReplica: 50\nstartSeconds: 300\nmin: 1\nmax: 100\ncost: { replicaHour: 0.1, currency: EUR }\n'
);

const run = (...more: readonly string[]) =>
  runCommand(['experiment', '--trace', trace, '--service', service, '--window', '6h', '--quiet', ...more]);

interface Said {
  readonly [field: string]: unknown;
  readonly planned: { readonly points: readonly unknown[]; readonly words: readonly string[] };
  readonly windows: ReadonlyArray<{ readonly arm: string; readonly value: number | null }>;
  readonly looks: ReadonlyArray<{ readonly low: number | null; readonly high: number | null }>;
  readonly verdict: readonly string[];
  readonly alone: { readonly a: number; readonly b: number; readonly effect: number };
}

describe('headroom experiment', () => {
  it('finds which of two targets is cheaper, and its interval holds what each costs alone', async () => {
    const { exitCode, stdout, stderr } = await run(
      '--a',
      'hpa:target=0.5',
      '--b',
      'hpa:target=0.8',
      '--days',
      '10',
      '--json'
    );
    assert.equal(exitCode, 0, stderr);
    const said = JSON.parse(stdout) as Said;
    assert.deepEqual([said['lower'], said['outcome'], said['unit'], said['blocks']], ['b', 'cost', 'EUR/h', 5]);
    assert.equal(said.windows.length, 40);
    assert.equal(said.windows.filter(({ arm }) => arm === 'b').length, 20);
    const { low, high } = said.looks.at(-1)!;
    assert.ok(low! <= said.alone.effect && said.alone.effect <= high!, JSON.stringify(said.alone));
    assert.match(said.verdict[0]!, /^hpa:target=0\.8 \(b\) has a lower cost than hpa:target=0\.5 \(a\)/);
    assert.match(said.planned.words[1]!, /^A test of 10 days finds a difference of/);
  });

  it('compares models by the floors that they ask for, and says so in words, the same at each run', async () => {
    const asked = [
      '--a',
      'headroom:model=seasonal-naive',
      '--b',
      'headroom:model=naive,risk=0.2',
      '--outcome',
      'replicas',
      '--days',
      '4',
    ];
    const [first, second] = [await run(...asked), await run(...asked)];
    assert.equal(first.exitCode, 0, first.stderr);
    assert.equal(first.stdout, second.stdout);
    assert.match(first.stdout, /Before the test: 16 windows of 21600 s/);
    assert.match(first.stdout, /Played alone over the whole test, b less a is/);
  });

  it('refuses what makes no test, and says what to do', async () => {
    for (const [args, pattern] of [
      [['--a', 'hpa', '--b', 'hpa'], /are the same/],
      [['--a', 'hpa', '--b', 'oracle'], /--b knows headroom, .*, not oracle/],
      [['--a', 'hpa:risk=0.1', '--b', 'headroom'], /--a: hpa takes target=VALUE, each once, not risk=0\.1/],
      [['--a', 'static:x', '--b', 'headroom'], /static has nothing to set/],
      [['--a', 'hpa', '--b', 'headroom:risk=2'], /risk must be above 0 and below 1, not 2/],
      [['--a', 'hpa', '--b', 'headroom:risk=0.1,risk=0.2'], /each once/],
      [['--a', 'hpa', '--b', 'headroom', '--window', '5h'], /windows must fill a day/],
      [['--a', 'hpa', '--b', 'headroom', '--days', '3'], /days must be a multiple of 2/],
      [['--a', 'hpa', '--b', 'headroom', '--days', '40'], /has room for 12 days, not 40/],
      [['--a', 'hpa', '--b', 'headroom', '--period', 'month'], /--period must be day or week/],
      [['--a', 'hpa', '--b', 'headroom', '--outcome', 'joy'], /--outcome must be cost, replicas or violations/],
      [['--a', 'hpa', '--b', 'headroom:model=nonsense'], /nonsense/],
    ] as const) {
      const { exitCode, stdout, stderr } = await run(...args);
      assert.equal(exitCode, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, pattern);
    }
  });
});
