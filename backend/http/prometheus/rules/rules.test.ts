import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { prometheusMissing } from '../../../exams/prometheusServer.ts';
import { parseExpression } from '../../../promql/index.ts';
import { horizonAlerts, remoteReadAlerts } from './alertRules.ts';
import { printRules } from './printRules.ts';
import { remoteReadConfig } from './remoteReadConfig.ts';

const groups = [remoteReadAlerts(), horizonAlerts(), remoteReadAlerts({ probability: 0.2, ahead: '6h' })];

describe('alert rules', () => {
  it('hold expressions that parse, and say whom and what they are about', () => {
    for (const { rules } of groups) {
      for (const { expr, annotations } of rules) {
        parseExpression(expr);
        assert.match(annotations['summary'] ?? '', /\$labels\.(workload|source)/);
      }
    }
  });

  it('look as far ahead as they are asked to', () => {
    const [shortfall] = remoteReadAlerts({ probability: 0.2, ahead: '6h' }).rules;
    assert.equal(shortfall?.expr, 'max_over_time(headroom_shortfall_probability{resource="any"}[6h] offset -6h) > 0.2');
  });
});

describe('the files that are printed', { skip: prometheusMissing() }, () => {
  it('are what promtool accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-rules-'));
    try {
      const config = remoteReadConfig({ url: 'http://127.0.0.1:8370/' });
      writeFileSync(join(folder, 'rules.yml'), printRules(groups.slice(0, 2)));
      writeFileSync(join(folder, 'prometheus.yml'), `rule_files: [rules.yml]\n${config}`);
      const output = execFileSync('/usr/bin/promtool', ['check', 'config', 'prometheus.yml'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.match(output, /SUCCESS: 5 rules found/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
