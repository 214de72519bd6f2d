import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Command } from 'commander';
import { parse } from 'yaml';
import { HeadroomError } from '../errors/index.ts';
import { prometheusMissing } from '../exams/prometheusServer.ts';
import { GRAFANA_ALERT_DEFAULTS, grafanaAlertRules, type GrafanaRuleFile } from '../http/index.ts';
import { parseExpression } from '../promql/index.ts';
import { addAlertRulesCommand } from './alertRules.ts';

function print(...argv: string[]): string {
  let text = '';
  const program = new Command('headroom').exitOverride();
  addAlertRulesCommand(program, {
    stdout: { write: (part: string) => (text += part) },
    stderr: { write: () => undefined },
    env: {},
    signal: new AbortController().signal,
  });
  program.parse(['alert-rules', ...argv], { from: 'user' });
  return text;
}

const expressionsOf = ({ groups }: GrafanaRuleFile) =>
  groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ data }) => data)
    .flatMap(({ datasourceUid, model }) => (typeof model['expr'] === 'string' ? [[datasourceUid, model['expr']]] : []));

test("Grafana's rules are printed as YAML that reads back as what was meant, and as JSON alike", () => {
  assert.deepEqual(parse(print('--grafana')), grafanaAlertRules());
  assert.deepEqual(JSON.parse(print('--grafana', '--json')), grafanaAlertRules());
});

test('every expression is one that Headroom itself can read', () => {
  const expressions = expressionsOf(grafanaAlertRules());
  assert.ok(expressions.length >= 5);
  for (const [, expression = ''] of expressions) {
    parseExpression(expression);
  }
});

test('data sources, folder and probability are what was asked for', () => {
  const file = parse(
    print(
      '--grafana',
      '--datasource',
      'future',
      '--metrics-datasource',
      'mimir',
      '--folder',
      'SRE',
      '--probability',
      '0.2'
    )
  ) as GrafanaRuleFile;
  assert.ok(file.groups.every(({ folder }) => folder === 'SRE'));
  assert.deepEqual(new Set(expressionsOf(file).map(([uid]) => uid)), new Set(['future', 'mimir']));
  assert.deepEqual(
    file,
    grafanaAlertRules({
      ...GRAFANA_ALERT_DEFAULTS,
      datasourceUid: 'future',
      metricsDatasourceUid: 'mimir',
      folder: 'SRE',
      probability: 0.2,
    })
  );
});

test("Prometheus' rules are groups for rule_files, by remote read, by metrics or both", () => {
  const names = (...argv: string[]) =>
    (parse(print(...argv)) as { groups: Array<{ name: string }> }).groups.map(({ name }) => name);
  const both = names();
  assert.equal(both.length, 2);
  assert.deepEqual(names('--recording'), ['headroom-future-recordings', ...both]);
  assert.deepEqual([...names('--by', 'remote-read'), ...names('--prometheus', '--by', 'metrics')], both);
});

test('every rule links to its runbook where these are published, and to none where nobody said', () => {
  const folder = new URL('../../docs/runbooks/', import.meta.url);
  const pages = new Set(readdirSync(folder));
  type Rules = { groups: Array<{ rules: Array<{ annotations: Record<string, string> }> }> };
  const linksOf = (...argv: string[]) =>
    (parse(print(...argv)) as Rules).groups.flatMap(({ rules }) =>
      rules.map((each) => each.annotations['runbook_url'])
    );
  for (const kind of ['--grafana', '--prometheus']) {
    assert.ok(linksOf(kind).every((link) => link === undefined));
    const links = linksOf(kind, '--runbook-base', 'https://wiki.example/runbooks//');
    assert.ok(links.length >= 8);
    for (const link of links) {
      const [, page = ''] = /^https:\/\/wiki\.example\/runbooks\/([a-z-]+\.md)$/.exec(link ?? '') ?? [];
      assert.ok(pages.has(page), link);
    }
  }
});

test('promtool accepts what is printed', { skip: prometheusMissing() }, (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-rules-'));
  test.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'rules.yml');
  for (const argv of [
    [],
    ['--recording'],
    ['--by', 'metrics'],
    ['--by', 'remote-read', '--runbook-base', 'https://wiki.example/runbooks'],
  ]) {
    writeFileSync(file, print(...argv));
    const output = execFileSync('/usr/bin/promtool', ['check', 'rules', file], { encoding: 'utf8' });
    assert.match(output, /SUCCESS: \d+ rules found/, argv.join(' '));
  }
});

test('wrong use is one coded error', () => {
  const wrong: ReadonlyArray<readonly string[]> = [
    ['--grafana', '--prometheus'],
    ['--probability', '5'],
    ['--probability', '0'],
    ['--probability', 'often'],
    ['--by', 'pigeon'],
    ['--by', 'metrics', '--recording'],
    ['--grafana', '--recording'],
    ['--grafana', '--datasource', 'a b'],
    ['--grafana', '--folder', '$HOME'],
    ['--runbook-base', 'docs/runbooks'],
    ['--runbook-base', 'javascript:alert(1)'],
    ['--grafana', '--runbook-base', 'https://wiki.example/$HOME'],
    ['--runbook-base', 'https://wiki.example/{{ $value }}'],
    ['--runbook-base', ''],
  ];
  for (const argv of wrong) {
    assert.throws(
      () => print(...argv),
      (error: unknown) => error instanceof HeadroomError && error.code === 'USAGE',
      argv.join(' ')
    );
  }
});
